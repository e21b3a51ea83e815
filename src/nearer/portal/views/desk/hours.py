"""Working hours."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nearer.care.api import zone_words
from nearer.foundation import clock
from nearer.portal.forms.desk.hours import WeekForm
from nearer.portal.operations.desk.diary import set_week
from nearer.portal.queries.desk.sessions import diary_of, zone_of
from nearer.portal.views.desk.showing import INVALID, on, page
from nearer.portal.views.doors import DeskRequest, at_desk


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def week(request: DeskRequest) -> HttpResponse:
    """Show the week to paint or to type, and keep it. What was typed is never lost."""
    now = clock.now()
    zone, held = zone_of(request.therapist_id, now), diary_of(request.therapist_id, now)
    hours = [(each.weekday, each.start_minute, each.end_minute) for each in held.hours] if held else []
    more = request.POST.get("more", "")
    form = WeekForm(request.POST if request.method == "POST" else None, hours=hours, more=more)
    if form.is_bound and not more and form.is_valid():
        undo = set_week(therapist_id=request.therapist_id, time_zone=zone, hours=form.hours(), now=now)
        return on(request, "desk_hours", _("Your hours are kept. Booked sessions stay as they are."), undo)
    if more:
        form.errors.clear()
    context = {"form": form, "zone": zone_words(zone), "is_paused": held is not None and held.is_paused}
    return page(request, "hours", context, status=INVALID if form.errors else 200)
