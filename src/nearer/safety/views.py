"""Help that is needed now: a page that needs no form, no script, no account and no database."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from nearer.safety.pages import help_page


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Show whom to call, text or write to."""
    return render(request, "safety/help_now_page.html", {"help": help_page(get_language() or "en")})
