"""Where one comes to after signing in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from nearer.accounts.doors import StaffRequest, signed_in
from nearer.accounts.doors.signed_in import missing_step

#: Where the day of each kind of person begins; the first that they are counts. Others begin at their own account.
STARTS = {"operator": "portal:operator", "therapist": "portal:desk"}


@require_safe
@signed_in()
def start(request: StaffRequest) -> HttpResponse:
    """Send each to where their day begins."""
    return redirect(next((page for kind, page in STARTS.items() if kind in request.staff.kinds), "account_home"))


@require_safe
def second_factor(request: StaffRequest) -> HttpResponse:
    """Ask somebody who proved their address for a second factor, once and for all."""
    missing = missing_step(request)
    if missing != "account_second_factor":
        return redirect(missing or "account_start")
    return render(request, "account/second_factor.html")


@require_safe
@signed_in()
def home(request: StaffRequest) -> HttpResponse:
    """Show how one signs in."""
    return render(request, "account/home.html", {"staff": request.staff})
