"""What the library says to machines: its feed and its sitemap."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from nearer.foundation import clock
from nearer.library import api
from nearer.library.pages import feeds, sitemaps


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return what was reviewed last, as Atom."""
    cards = api.shelf(get_language() or "en", on=clock.now().date())
    text = feeds.atom(cards, request.build_absolute_uri)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Return every page worth finding, in each language it is written in."""
    today = clock.now().date()
    shelves = {code: api.shelf(code, on=today) for code in sitemaps.LANGUAGES}
    context = {"pages": sitemaps.pages(shelves, request.build_absolute_uri)}
    return render(request, "library/sitemap.xml", context, content_type="application/xml; charset=utf-8")
