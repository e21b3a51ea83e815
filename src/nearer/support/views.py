"""Pages for someone who stands by someone. They ask nothing about the other person, and nothing typed is sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nearer.support import pages


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Ask first what it is about: someone who pulls away, or being afraid, or being feared."""
    return render(request, "support/front.html")


@require_safe
def distance(request: HttpRequest) -> HttpResponse:
    """Show balanced distance, and the sheet for a small plan of one's own."""
    return render(request, "support/distance.html", {"plan": pages.PLAN, "rhythms": pages.RHYTHMS})


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Show the builder of two or three sentences that name the distance and leave the pace to the other."""
    context = {"parts": pages.PARTS, "pairs": pages.PAIRS, "pressing": pages.PRESSING}
    return render(request, "support/words.html", context)


@require_safe
def listening(request: HttpRequest) -> HttpResponse:
    """Show what helps once they speak, and the question of company or space."""
    return render(request, "support/listening.html")


@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """Show help together or apart, and lead to it."""
    return render(request, "support/together.html", {"ways": pages.WAYS})
