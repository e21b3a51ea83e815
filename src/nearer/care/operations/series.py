"""Taking a series: all of the times that were agreed to, or none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from nearer.audit import api as audit
from nearer.care.models import Booking, Series, SeriesSession
from nearer.care.operations import letters
from nearer.care.operations.agreeing import same_terms
from nearer.care.operations.holding import locked
from nearer.care.operations.messages import calendar_file, link
from nearer.care.operations.telling import tell
from nearer.care.policies import check_may_have_series
from nearer.care.queries.booking import card_of
from nearer.care.queries.series import outlook
from nearer.care.records import BookingCard
from nearer.care.rules.answers import from_payload
from nearer.care.rules.keys import key_of
from nearer.care.rules.series import MOST
from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api as scheduling

_BEGIN, _END = "BEGIN:VEVENT\r\n", "END:VEVENT\r\n"


@transaction.atomic
def take_series(
    *, booking_id: int, every_weeks: int, starts: Sequence[datetime], site: str, now: datetime
) -> tuple[int, ...]:
    """Take these times after a confirmed one, in one transaction within the therapist's turn; return their bookings.

    Each becomes a booking of its own, with the terms of the first. The same times twice are one series.

    :raises OpeningTaken: one of them can't be had any more, said with its day; none is taken then.
    :raises ClientBusy: the client has another appointment at one of them.
    :raises NotAllowed: the first time is not confirmed, or belongs to two people.
    :raises NotEligible: on one of the days a fact stands against it.
    """
    row = locked(booking_id)
    card = card_of(row, now)
    chosen = sorted(set(starts))
    key = key_of(str(booking_id), str(every_weeks), *(start.isoformat() for start in chosen))
    known = Series.objects.filter(key=key).first()
    if known is not None:
        return tuple(known.sessions.order_by("booking__pk").values_list("booking_id", flat=True))
    check_may_have_series(card, now=now)
    length = _check_offered(card, every_weeks, chosen, now)
    series = Series.objects.create(first=row, every_weeks=every_weeks, key=key, made_at=now)
    taken = [_take(row, card, TimeRange.lasting(start, length), series, now) for start in chosen]
    audit.record(
        actor=f"client:{row.client_id}",
        action="took a series",
        subject=f"booking:{booking_id}",
        detail={"count": len(taken)},
    )
    links = [(each.appointment.session, link(each, site)) for each in taken]
    letters.series_confirmed(card, links, calendar=joined(taken, now), now=now, key=key[:16])
    return tuple(each.id for each in taken)


def _check_offered(card: BookingCard, every_weeks: int, chosen: Sequence[datetime], now: datetime) -> timedelta:
    """Return how long each session is.

    :raises OpeningTaken: none was chosen, or one is not among those that can be had now.
    """
    seen = outlook(card, every_weeks=every_weeks, count=MOST, now=now)
    offered = {day.session.start for day in seen.days if day.session}
    for start in chosen:
        if start not in offered:
            raise scheduling.OpeningTaken(_taken(TimeRange.lasting(start, seen.length), card))
    return seen.length


def _take(row: Booking, card: BookingCard, session: TimeRange, series: Series, now: datetime) -> BookingCard:
    first = card.appointment
    assert row.client_id is not None
    try:
        made = scheduling.arrange(
            therapist_id=first.therapist_id,
            service=first.service,
            modality=first.modality,
            location_id=first.location_id,
            start=session.start,
            length=session.length,
            client_zone=row.time_zone,
            client_ids=[row.client_id],
            key=key_of(str(series.pk), session.start.isoformat()),
            now=now,
        )
    except scheduling.ClientBusy:
        raise
    except scheduling.OpeningTaken as error:
        raise scheduling.OpeningTaken(_taken(session, card)) from error
    return card_of(_write(row, made, series, now), now)


def _write(row: Booking, made: scheduling.AppointmentCard, series: Series, now: datetime) -> Booking:
    booking = Booking(
        appointment_id=made.id,
        client_id=row.client_id,
        plan_id=row.plan_id,
        pays_self=row.pays_self,
        language=row.language,
        time_zone=row.time_zone,
        created_at=now,
    )
    booking.request, booking.member_id = row.request, row.member_id
    booking.told = tell(made, from_payload(json.loads(row.request)), now).kept()
    booking.save(force_insert=True)
    same_terms(booking, row)
    SeriesSession.objects.create(series=series, booking=booking)
    return booking


def joined(taken: Sequence[BookingCard], now: datetime) -> str:
    """Return one calendar file with all of these times."""
    files = [calendar_file(each, now=now, method="PUBLISH") for each in taken]
    head, events, foot = files[0].partition(_BEGIN)[0], [_event(each) for each in files], files[0].rpartition(_END)[2]
    return head + "".join(events) + foot


def _event(file: str) -> str:
    return _BEGIN + file.partition(_BEGIN)[2].rpartition(_END)[0] + _END


def _taken(session: TimeRange, card: BookingCard) -> str:
    return _("%(when)s can’t be had any more. Nothing was booked. Here is what is free now.") % {
        "when": letters.when(session, card.time_zone)
    }
