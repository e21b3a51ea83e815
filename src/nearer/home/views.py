"""Pages that compose the rest."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nearer.home.forms import StartForm


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the front page, where looking for a therapist begins."""
    return render(request, "home/front.html", {"start": StartForm()})


@require_safe
def how_matching_works(request: HttpRequest) -> HttpResponse:
    """Show how matching works, with its weights."""
    return render(request, "home/how_matching_works.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept about whom, and when."""
    return render(request, "home/privacy.html")
