"""Help that is needed now: a page with no form, no script of its own and no account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Show whom to call, text or write to."""
    return render(request, "safety/help_now_page.html")
