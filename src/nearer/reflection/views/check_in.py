"""The check-in: a reflection on seven signs. It is filled in, and read, on the person's own device."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nearer.reflection.pages.check_in import check_in_page


@require_safe
def check_in(request: HttpRequest) -> HttpResponse:
    """Show the check-in. Nothing that is answered is sent; without JavaScript it can be printed."""
    return render(request, "reflection/check_in.html", {"page": check_in_page()})
