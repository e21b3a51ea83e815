"""Whom there is to remind, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from nearer.care.models import Booking, ReminderWish
from nearer.care.rules.reminding import WHEN, Starts
from nearer.care.rules.told import Told, from_kept
from nearer.foundation.timerange import TimeRange

EMAIL, CONSENT = "email", "reminders"


@dataclass(frozen=True, slots=True)
class Attendee:
    """One client who attends one session, and agreed to be reminded of it by e-mail. Nothing about anyone else."""

    booking_id: int
    appointment_id: int
    client_id: int
    email: str
    language: str
    time_zone: str
    session: TimeRange
    sequence: int
    known_since: datetime
    plainness: str
    told: Told | None


@dataclass(frozen=True, slots=True)
class ReminderWishes:
    """What one client chose: whether they are reminded at all, and how much is said."""

    wanted: bool
    plainness: str


def attendees(windows: Sequence[Starts], *, after: int, limit: int) -> tuple[Attendee, ...]:
    """Return who is to be reminded of sessions that begin in these windows, by booking after `after`.

    Their appointments stay as they are until the transaction ends; whichever is being changed this moment is left
    for the next time. One query.
    """
    rows = list(_rows(windows).filter(pk__gt=after).order_by("pk")[:limit])
    return tuple(_attendee(row) for row in rows)


def wishes(client_id: int, consents: Sequence[str]) -> ReminderWishes:
    """Return what a client chose, whose standing consents are these."""
    chosen = ReminderWish.objects.filter(client_id=client_id).values_list("plainness", flat=True).first()
    return ReminderWishes(CONSENT in consents, chosen or WHEN)


def _rows(windows: Sequence[Starts]) -> QuerySet[Booking]:
    begins = Q(pk__in=[])
    for window in windows:
        begins |= Q(appointment__session__startswith__gte=window.start, appointment__session__startswith__lt=window.end)
    same = Booking.objects.filter(pk=OuterRef("pk"))
    agreed = same.filter(client__consents__kind=CONSENT, client__consents__withdrawn_at__isnull=True)
    moves = same.filter(appointment__moves__isnull=False).order_by("-appointment__moves__moved_at")
    return (
        Booking.objects.filter(
            begins, Exists(agreed), appointment__status="confirmed", client__safe_to_reach__contains=[EMAIL]
        )
        .annotate(
            moved_at=Subquery(moves.values("appointment__moves__moved_at")[:1]),
            plainness=F("client__reminder_wish__plainness"),
        )
        .select_related("appointment", "client")
        .select_for_update(of=("appointment",), skip_locked=True, no_key=True)
    )


def _attendee(row: Any) -> Attendee:
    taken, plainness = row.appointment, row.plainness or WHEN
    return Attendee(
        booking_id=row.pk,
        appointment_id=taken.pk,
        client_id=row.client_id,
        email=row.client.email,
        language=row.language,
        time_zone=row.time_zone,
        session=TimeRange(taken.session.lower, taken.session.upper),
        sequence=taken.sequence,
        known_since=row.moved_at or taken.confirmed_at,
        plainness=plainness,
        told=None if plainness == WHEN else from_kept(row.told),
    )


def may_remind(safe_to_reach: Sequence[str]) -> bool:
    """Say whether e-mail is a safe way to reach somebody."""
    return EMAIL in safe_to_reach
