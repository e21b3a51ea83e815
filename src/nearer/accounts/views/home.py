"""Where one comes to after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nearer.accounts import pages
from nearer.accounts.doors import StaffRequest, signed_in
from nearer.accounts.doors.signed_in import missing_step
from nearer.accounts.operations import sessions

#: Where the day of each kind of person begins; the first that they are counts. Others begin at their own account.
STARTS = {
    "operator": "portal:operator",
    "therapist": "portal:desk",
    **dict.fromkeys(("editor", "reviewer", "author"), "wagtailadmin_home"),
}


@require_safe
@signed_in()
def start(request: StaffRequest) -> HttpResponse:
    """Send each to where their day begins."""
    return redirect(next((page for kind, page in STARTS.items() if kind in request.staff.kinds), "account_home"))


@require_safe
@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask somebody who proved their address for a second factor, once and for all."""
    missing = missing_step(request)
    if missing != "account_second_factor":
        return redirect(missing or "account_start")
    return render(request, "account/second_factor.html")


@require_safe
@signed_in()
def home(request: StaffRequest) -> HttpResponse:
    """Show how one signs in, and where one is signed in."""
    account = pages.account(request.staff, request.session.session_key or "")
    return render(request, "account/home.html", {"account": account, "staff": request.staff})


@require_POST
@signed_in()
def end_one(request: StaffRequest, session_id: int) -> HttpResponse:
    """Sign out somewhere else."""
    sessions.end_session(user_id=request.staff.user_id, session_id=session_id)
    return redirect("account_home")


@require_POST
@signed_in()
def end_everywhere(request: StaffRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    sessions.sign_out_everywhere(user_id=request.staff.user_id)
    return redirect("account_login")
