"""Letting people in and out."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.accounts.api import CannotInvite, CannotWithdraw, PersonUnknown, StaffRequest, reset_factors, signed_in
from nearer.foundation import clock
from nearer.portal.forms.people import InviteForm
from nearer.portal.operations import seating
from nearer.portal.pages import people as pages

INVALID, REFUSED = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in("operator", fresh=True)
def everybody(request: StaffRequest) -> HttpResponse:
    """Show who may sign in, and let somebody in."""
    form = InviteForm(request.POST or None)
    if not form.is_valid():
        return _everybody(request, form)
    try:
        user_id = seating.invite(
            **form.cleaned_data, by=request.staff.user_id, now=clock.now(), site=request.build_absolute_uri("/")
        )
    except (seating.NoSuchTherapist, seating.SeatTaken) as error:
        form.add_error("npi", str(error))
    except CannotInvite as error:
        form.add_error(None, str(error))
    else:
        return redirect("portal:person", user_id)
    return _everybody(request, form)


def _everybody(request: StaffRequest, form: InviteForm) -> HttpResponse:
    context = {"people": pages.everybody(), "form": form}
    return render(request, "portal/people/everybody.html", context, status=INVALID if form.is_bound else 200)


@require_safe
@signed_in("operator")
def somebody(request: StaffRequest, user_id: int) -> HttpResponse:
    """Show what one person may do here, and what can be undone."""
    return _somebody(request, user_id)


@require_POST
@signed_in("operator", fresh=True)
def end_role(request: StaffRequest, user_id: int) -> HttpResponse:
    """End one role of somebody."""
    kind = request.POST.get("kind", "")
    try:
        seating.withdraw(user_id=_known(user_id), kind=kind, by=request.staff.user_id, now=clock.now())
    except CannotWithdraw as error:
        return _somebody(request, user_id, notice=str(error), status=REFUSED)
    return redirect("portal:person", user_id)


@require_POST
@signed_in("operator", fresh=True)
def reset(request: StaffRequest, user_id: int) -> HttpResponse:
    """Forget the second factor of somebody who lost theirs."""
    try:
        reset_factors(user_id=_known(user_id), by=request.staff.user_id, now=clock.now())
    except CannotWithdraw as error:
        return _somebody(request, user_id, notice=str(error), status=REFUSED)
    return redirect("portal:person", user_id)


def _known(user_id: int) -> int:
    _row(user_id)
    return user_id


def _somebody(request: StaffRequest, user_id: int, *, notice: str = "", status: int = 200) -> HttpResponse:
    context = {"person": _row(user_id), "notice": notice, "is_me": user_id == request.staff.user_id}
    return render(request, "portal/people/somebody.html", context, status=status)


def _row(user_id: int) -> pages.Row:
    try:
        return pages.somebody(user_id)
    except PersonUnknown as error:
        raise Http404(str(error)) from error
