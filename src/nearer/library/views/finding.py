"""Looking for something in the library. What somebody looks for stands in no address, log or history."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nearer.foundation import clock
from nearer.library import api
from nearer.library.forms import SearchForm
from nearer.library.pages import shelves
from nearer.library.views.reading import language


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found. It changes nothing, so a request from elsewhere does no harm, and nobody needs a cookie."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "library/search.html", {"form": form}, status=422 if form.is_bound else 200)
    found = api.search(form.cleaned_data["words"], language(), on=clock.now().date())
    context = {"form": form, "found": found, "articles": shelves.drawn(found.cards)}
    return render(request, "library/search.html", context)
