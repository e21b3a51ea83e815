"""A map of words for feelings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from nearer.reflection.pages.feelings import feelings_page


@require_safe
def feelings(request: HttpRequest) -> HttpResponse:
    """Show the map, and the same words as a list."""
    return render(request, "reflection/feelings.html", {"map": feelings_page(get_language() or "en")})
