"""Time off, other hours on a day, and a pause."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nearer.foundation import clock
from nearer.portal.forms.desk.days import OtherHoursForm, PauseForm, TimeOffForm
from nearer.portal.operations.desk import diary
from nearer.portal.pages.desk.days import booked_words, days_page
from nearer.portal.pages.desk.times import date_words, day_words
from nearer.portal.queries.desk.sessions import booked_between, diary_of, today_in, zone_of
from nearer.portal.views.desk.showing import INVALID, on, page
from nearer.portal.views.doors import DeskRequest, at_desk
from nearer.scheduling.api import Refused, every_day


@require_safe
@at_desk
def days(request: DeskRequest) -> HttpResponse:
    """Show what is ahead that differs from the week."""
    return _shown(request, clock.now())


@require_POST
@at_desk
def time_off(request: DeskRequest) -> HttpResponse:
    """Take days off. Sessions that are booked on them stay, and are named."""
    now = clock.now()
    zone = zone_of(request.therapist_id, now)
    form = TimeOffForm(request.POST, today=today_in(zone, now))
    if form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        try:
            off = dict.fromkeys(every_day(first, last), ())
            undo = diary.set_days(therapist_id=request.therapist_id, days=off, now=now)
            booked = booked_between(request.therapist_id, first, last, zone)
            words = _("Nobody can book from %(first)s to %(last)s.") % {
                "first": day_words(first),
                "last": day_words(last),
            }
            return on(request, "desk_days", f"{words} {booked_words(booked)}".strip(), undo)
        except Refused as refused:
            form.add_error("last", str(refused))
    return _shown(request, now, off=form)


@require_POST
@at_desk
def other_hours(request: DeskRequest) -> HttpResponse:
    """Give one day other hours."""
    now = clock.now()
    form = OtherHoursForm(request.POST, today=today_in(zone_of(request.therapist_id, now), now))
    if form.is_valid():
        day = form.cleaned_data["on"]
        try:
            undo = diary.set_days(therapist_id=request.therapist_id, days={day: form.spans["day"]}, now=now)
            return on(request, "desk_days", _("Kept for %(day)s.") % {"day": day_words(day)}, undo)
        except Refused as refused:
            form.add_error("on", str(refused))
    return _shown(request, now, other=form)


@require_POST
@at_desk
def back(request: DeskRequest) -> HttpResponse:
    """Let the usual hours hold again, from one day to another."""
    try:
        first, last = (date.fromisoformat(request.POST.get(name, "")) for name in ("first", "last"))
        usual = dict.fromkeys(every_day(first, last))
        undo = diary.set_days(therapist_id=request.therapist_id, days=usual, now=clock.now())
    except Refused as refused:
        return on(request, "desk_days", str(refused))
    except ValueError:
        return on(request, "desk_days", _("We could not read which day. Please try again."))
    return on(request, "desk_days", _("Your usual hours hold again."), undo)


@require_POST
@at_desk
def pause(request: DeskRequest) -> HttpResponse:
    """Take nobody new until a day."""
    now = clock.now()
    form = PauseForm(request.POST, today=today_in(zone_of(request.therapist_id, now), now))
    if form.is_valid():
        until = form.cleaned_data["until"]
        try:
            undo = diary.pause(therapist_id=request.therapist_id, until=until, now=now)
            words = _("Paused. From %(day)s on you are shown to new clients again, by itself.")
            return on(request, "desk_days", words % {"day": date_words(until)}, undo)
        except Refused as refused:
            form.add_error("until", str(refused))
    return _shown(request, now, pausing=form)


@require_POST
@at_desk
def resume(request: DeskRequest) -> HttpResponse:
    """End a pause at once."""
    try:
        undo = diary.pause(therapist_id=request.therapist_id, until=None, now=clock.now())
    except Refused as refused:
        return on(request, "desk_days", str(refused))
    return on(request, "desk_days", _("The pause is over. New clients can book again."), undo)


def _shown(request: DeskRequest, now: datetime, **forms: Any) -> HttpResponse:
    held, today = diary_of(request.therapist_id, now), today_in(zone_of(request.therapist_id, now), now)
    context = {
        "page": days_page(held, today),
        "off": forms.get("off") or TimeOffForm(today=today),
        "other": forms.get("other") or OtherHoursForm(today=today),
        "pausing": forms.get("pausing") or PauseForm(today=today),
        "form": next(iter(forms.values()), None),
    }
    return page(request, "days", context, status=INVALID if forms else 200)
