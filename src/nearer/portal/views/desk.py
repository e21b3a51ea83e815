"""The therapist's desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nearer.portal.views.doors import DeskRequest, at_desk


@require_safe
@at_desk
def home(request: DeskRequest) -> HttpResponse:
    """Show where a therapist's day begins."""
    return render(request, "portal/desk/home.html")
