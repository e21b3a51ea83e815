"""Letting a time go, taking another, calling an appointment off, moving it, keeping it in a calendar."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.care.forms.booking import TimeForm, posted_start
from nearer.care.operations import booking as operations
from nearer.care.operations.couples.leaving import leave as leave_couple
from nearer.care.operations.holding import hold_again, let_go
from nearer.care.operations.messages import calendar_file
from nearer.care.pages import booking as pages
from nearer.care.queries.after import if_cancelled
from nearer.care.queries.booking import next_openings, openings_to_move, taken_already
from nearer.care.queries.couples.standing import standing
from nearer.care.queries.terms import consequence_words
from nearer.care.records import BookingCard
from nearer.care.rules import stages
from nearer.care.views.booking import INVALID, TAKEN, over, site, to_page
from nearer.care.views.doors import with_booking
from nearer.care.views.holding import to_booking
from nearer.directory.api import NotEligible
from nearer.foundation import clock
from nearer.scheduling.api import NotAllowed, Refused


@require_POST
@with_booking
def release(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Let the held time go; where there is none to let go of, the page says how it stands."""
    if card.couple_id is not None:
        leave_couple(booking_id=card.id, site=site(request), now=clock.now())
        return to_page(token)
    if not card.stage.is_settled:
        with suppress(NotAllowed):
            let_go(booking_id=card.id, now=clock.now())
    return to_page(token)


@require_POST
@with_booking
def again(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Hold a time with the same therapist again; nothing has to be typed again."""
    if card.stage.name in {stages.CONFIRMED, stages.PAST} or is_waiting(card):
        return to_page(token)
    now = clock.now()
    form = TimeForm(request.POST, times=pages.time_choices(next_openings(card, now), card.time_zone))
    if not form.is_valid():
        if (known := taken_already(card.id, posted_start(request.POST), now)) is not None:
            return to_booking(known)
        return over(request, card, token, form=form, status=INVALID)
    try:
        booking_id = hold_again(booking_id=card.id, start=form.chosen(), now=now)
    except (Refused, NotEligible) as error:
        return over(request, card, token, notice=str(error), status=TAKEN)
    return to_booking(booking_id)


@require_http_methods(["GET", "HEAD", "POST"])
@with_booking
def cancel(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Ask once, then call the appointment off."""
    if card.stage.name != stages.CONFIRMED:
        return to_page(token)
    now, notice = clock.now(), ""
    if request.method == "POST":
        try:
            operations.cancel(booking_id=card.id, site=site(request), now=now)
        except Refused as error:
            notice = str(error)
        else:
            return to_page(token)
    context = {"page": pages.booking_page(card, token, now), "notice": notice}
    context["follows"] = consequence_words(if_cancelled(card, now))
    return render(request, "care/booking/cancel.html", context, status=TAKEN if notice else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@with_booking
def move(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Move the appointment to another opening of the same therapist; to where it is already, it is moved."""
    if card.stage.name != stages.CONFIRMED:
        return to_page(token)
    form, notice = _move_form(request, card), ""
    if form.is_valid():
        try:
            operations.move(booking_id=card.id, start=form.chosen(), site=site(request), now=clock.now())
        except (Refused, NotEligible) as error:
            form, notice = _move_form(None, card), str(error)
        else:
            return to_booking(card.id)
    elif taken_already(card.id, posted_start(request.POST), clock.now()) is not None:
        return to_page(token)
    status = TAKEN if notice else INVALID if form.is_bound else 200
    page = pages.booking_page(card, token, clock.now())
    context = {"page": page, "form": form, "notice": notice, "has_times": form.has_times()}
    return render(request, "care/booking/move.html", context, status=status)


@require_safe
@with_booking
def calendar(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:  # noqa: ARG001 - HTTP's
    """Give the appointment as a calendar file."""
    if card.stage.name != stages.CONFIRMED:
        return to_page(token)
    text = calendar_file(card, now=clock.now(), method="PUBLISH")
    headers = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


def is_waiting(card: BookingCard) -> bool:
    """Say whether a time for two was asked for: from then on one of them takes no other alone."""
    return card.couple_id is not None and standing(card, clock.now()).screen not in {"alone", "ask"}


def _move_form(request: HttpRequest | None, card: BookingCard) -> TimeForm:
    times = pages.time_choices(openings_to_move(card, clock.now()), card.time_zone)
    return TimeForm(request.POST if request and request.method == "POST" else None, times=times)
