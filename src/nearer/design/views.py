"""The gallery: every component in every state, for whoever builds or checks a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nearer.design.gallery import SECTIONS, SENTENCE, EmptyForm, ExampleForm, mistaken_form


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery."""
    context = {
        "sections": SECTIONS,
        "form": mistaken_form() if "mistakes" in request.GET else None,
        "example": ExampleForm(auto_id="ok_%s"),
        "mistaken": mistaken_form(),
        "empty": EmptyForm(auto_id="bare_%s"),
        "steps": range(1, 6),
        "sentence": SENTENCE,
    }
    return render(request, "design/gallery.html", context)
