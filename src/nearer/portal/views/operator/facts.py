"""Facts that run out, what waits for a check, and one therapist's facts."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.accounts.api import StaffRequest
from nearer.directory import api as directory
from nearer.foundation import clock
from nearer.portal.forms.facts import DAYS, VouchForm, WithinForm
from nearer.portal.operations import facts as operations
from nearer.portal.pages.operator import facts as pages
from nearer.portal.queries.facts import queue
from nearer.portal.views.doors import at_operator


@require_safe
@at_operator
def facts(request: StaffRequest) -> HttpResponse:
    """Show what runs out soon, those first that hide most, and what waits for a check."""
    days = WithinForm(request.GET).chosen()
    context = {
        "page": pages.facts(queue(now=clock.now(), days=days)),
        "choices": DAYS,
        "asked": request.GET.get("asked", ""),
    }
    return render(request, "portal/operator/facts.html", context)


@require_POST
@at_operator
def ask(request: StaffRequest) -> HttpResponse:
    """Ask one therapist, or all who are shown, whether it is still true."""
    chosen = [int(each) for each in request.POST.getlist("therapist") if each.isdecimal()]
    page = request.build_absolute_uri(reverse("portal:desk"))
    count = operations.ask_still_true(therapist_ids=chosen, by=request.staff.user_id, now=clock.now(), page=page)
    return HttpResponseRedirect(f"{reverse('portal:operator_facts')}?{urlencode({'asked': count})}")


@require_POST
@at_operator
def settle(request: StaffRequest, statement_id: int) -> HttpResponse:
    """Say what came of a check."""
    confirmed = request.POST.get("act") == "confirm"
    with suppress(directory.NotYours):  # somebody else was faster: the page that follows shows what stands
        operations.settle(statement_id=statement_id, confirmed=confirmed, by=request.staff.user_id, now=clock.now())
    return HttpResponseRedirect(f"{reverse('portal:operator_facts')}#waiting")


@require_http_methods(["GET", "HEAD", "POST"])
@at_operator
def therapist(request: StaffRequest, therapist_id: int) -> HttpResponse:
    """Show what is held of one therapist, and vouch for a part of it."""
    form = VouchForm(request.POST or None)
    if form.is_valid():
        operations.vouch(therapist_id=therapist_id, **form.cleaned_data, by=request.staff.user_id, now=clock.now())
        return HttpResponseRedirect(reverse("portal:operator_therapist", args=[therapist_id]))
    on = clock.now().astimezone(UTC).date()
    context = {"page": pages.therapist(_held(therapist_id), on), "form": form}
    return render(request, "portal/operator/therapist.html", context, status=422 if form.is_bound else 200)


@require_POST
@at_operator
def remove(request: StaffRequest, therapist_id: int) -> HttpResponse:
    """Take a therapist out, or let them back in."""
    npi, by = _held(therapist_id).profile.npi, request.staff.user_id
    if request.POST.get("act") == "reinstate":
        operations.reinstate(therapist_id=therapist_id, npi=npi, by=by)
    else:
        on = clock.now().astimezone(UTC).date()
        operations.remove(therapist_id=therapist_id, npi=npi, by=by, on=on)
    return HttpResponseRedirect(reverse("portal:operator_therapist", args=[therapist_id]))


def _held(therapist_id: int) -> directory.OwnFacts:
    try:
        return directory.own_facts(therapist_id, clock.now().astimezone(UTC).date())
    except directory.NotYours:
        raise Http404 from None
