"""Whom there is to remind, a batch at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from nearer.care.models import Booking, ReminderWish
from nearer.care.rules.reminding import WHEN, Starts
from nearer.care.rules.told import Told, from_kept
from nearer.foundation.timerange import TimeRange

EMAIL, CONSENT = "email", "reminders"
_COLUMNS = (
    "pk",
    "appointment_id",
    "client_id",
    "client__email",
    "language",
    "time_zone",
    "appointment__sequence",
    "appointment__session",
    "appointment__confirmed_at",
    "client__reminder_wish__plainness",
    "told_sealed",
)


@dataclass(frozen=True, slots=True)
class Attendee:
    """One client who attends one session, and agreed to be reminded of it by e-mail. Nothing about anyone else."""

    booking_id: int
    appointment_id: int
    client_id: int
    email: str
    language: str
    time_zone: str
    sequence: int
    session: TimeRange
    known_since: datetime
    plainness: str
    told: Told | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """As much of an attendee as tells whether their reminder is written already."""

    booking_id: int
    appointment_id: int
    client_id: int
    start: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class ReminderWishes:
    """What one client chose: whether they are reminded at all, and how much is said."""

    wanted: bool
    plainness: str


def candidates(windows: Sequence[Starts]) -> Sequence[Candidate]:
    """Return whoever has a confirmed session that begins in these windows and agreed to be reminded. One query."""
    found = _agreed(_begins(windows)).order_by("pk")
    columns = ("pk", "appointment_id", "client_id", "appointment__session__startswith", "appointment__sequence")
    return [Candidate(*row) for row in found.values_list(*columns)]


def attendees(booking_ids: Collection[int]) -> tuple[Attendee, ...]:
    """Return those of them who are still to be reminded, opened. Two queries.

    Their appointments stay as they are until the transaction ends; whichever is being changed this moment is left
    for the next time.
    """
    agreed = _agreed(Q(pk__in=booking_ids)).select_related("appointment").only("appointment__id")
    still = [row.pk for row in agreed.select_for_update(of=("appointment",), skip_locked=True, no_key=True)]
    same = Booking.objects.filter(pk=OuterRef("pk"), appointment__moves__isnull=False)
    moves = same.order_by("-appointment__moves__moved_at").values("appointment__moves__moved_at")
    rows = Booking.objects.filter(pk__in=still).values_list(*_COLUMNS, Subquery(moves[:1]))
    return tuple(_attendee(*row) for row in rows)


def wishes(client_id: int, consents: Sequence[str]) -> ReminderWishes:
    """Return what a client chose, whose standing consents are these."""
    chosen = ReminderWish.objects.filter(client_id=client_id).values_list("plainness", flat=True).first()
    return ReminderWishes(CONSENT in consents, chosen or WHEN)


def _begins(windows: Sequence[Starts]) -> Q:
    begins = Q(pk__in=[])
    for window in windows:
        begins |= Q(appointment__session__startswith__gte=window.start, appointment__session__startswith__lt=window.end)
    return begins


def _agreed(which: Q) -> QuerySet[Booking]:
    same = Booking.objects.filter(pk=OuterRef("pk"))
    agreed = same.filter(client__consents__kind=CONSENT, client__consents__withdrawn_at__isnull=True)
    return Booking.objects.filter(
        which, Exists(agreed), appointment__status="confirmed", client__safe_to_reach__contains=[EMAIL]
    )


def _attendee(*row: Any) -> Attendee:
    booking, appointment, client, email, language, zone, sequence, session, confirmed_at, plainness, told, moved_at = (
        row
    )
    return Attendee(
        booking_id=booking,
        appointment_id=appointment,
        client_id=client,
        email=email,
        language=language,
        time_zone=zone,
        sequence=sequence,
        session=TimeRange(session.lower, session.upper),
        known_since=moved_at or confirmed_at,
        plainness=plainness or WHEN,
        told=None if plainness in {None, WHEN} else from_kept(Booking(pk=booking, told_sealed=told).told),
    )


def may_remind(safe_to_reach: Sequence[str]) -> bool:
    """Say whether e-mail is a safe way to reach somebody."""
    return EMAIL in safe_to_reach
