"""The operator's desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nearer.accounts.api import StaffRequest
from nearer.portal.views.doors import at_operator


@require_safe
@at_operator
def home(request: StaffRequest) -> HttpResponse:
    """Show where an operator's day begins."""
    return render(request, "portal/operator/home.html")
