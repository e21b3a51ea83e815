"""Limits."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nearer.foundation import clock
from nearer.portal.forms.desk.limits import LimitsForm
from nearer.portal.operations.desk.diary import set_limits
from nearer.portal.queries.desk.sessions import diary_of
from nearer.portal.views.desk.showing import INVALID, on, page
from nearer.portal.views.doors import DeskRequest, at_desk
from nearer.scheduling.api import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def limits(request: DeskRequest) -> HttpResponse:
    """Show how bookings are taken, and change it."""
    held = diary_of(request.therapist_id, clock.now())
    if held is None:
        return on(request, "desk_hours", _("Please enter weekly hours first."))
    form = LimitsForm(request.POST if request.method == "POST" else None, held=asdict(held.settings))
    if form.is_bound and form.is_valid():
        try:
            undo = set_limits(therapist_id=request.therapist_id, changes=form.changes(), now=clock.now())
            return on(request, "desk_limits", _("Your limits are kept."), undo)
        except Refused as refused:
            form.add_error(None, str(refused))
    return page(request, "limits", {"form": form, "held": held}, status=INVALID if form.errors else 200)
