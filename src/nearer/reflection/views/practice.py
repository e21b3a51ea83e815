"""Pages to practise with. Whatever is written on them stays on the person's own device."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nearer.reflection.pages import practice as pages


@require_safe
def practice(request: HttpRequest) -> HttpResponse:
    """Show what there is to practise."""
    return render(request, "reflection/practice/front.html")


@require_safe
def breathing(request: HttpRequest) -> HttpResponse:
    """Show five minutes of slow breathing, paced by the two circles."""
    return render(request, "reflection/practice/breathing.html")


@require_safe
def noticing(request: HttpRequest) -> HttpResponse:
    """Show short exercises of mindfulness for closeness."""
    return render(request, "reflection/practice/noticing.html", {"exercises": pages.EXERCISES})


@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """Show the ladder of small steps."""
    return render(request, "reflection/practice/ladder.html", {"fears": range(11)})


@require_safe
def hard_talks(request: HttpRequest) -> HttpResponse:
    """Show the builders of things that are hard to say."""
    return render(request, "reflection/practice/hard_talks.html", {"talks": pages.HARD_TALKS})
