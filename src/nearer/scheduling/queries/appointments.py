"""Which appointments a therapist has, and how many diaries ask for less than was agreed."""

from __future__ import annotations

from collections.abc import Collection

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.models import Appointment, Diary
from nearer.scheduling.queries.diaries import card_of
from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.rules.states import CANCELLED, COMPLETED, CONFIRMED, NO_SHOW

#: What a therapist's desk shows: times that were let go before anyone confirmed them are nobody's.
SHOWN = (CONFIRMED, COMPLETED, NO_SHOW, CANCELLED)


def appointments_of(therapist_id: int, window: TimeRange) -> tuple[AppointmentCard, ...]:
    """Return a therapist's appointments that lie in a window, whole or in part, in order. One query."""
    within = DateTimeTZRange(window.start, window.end, "[)")
    rows = Appointment.objects.filter(therapist_id=therapist_id, status__in=SHOWN, session__overlap=within)
    return tuple(card_of(row) for row in rows.order_by("session", "id"))


def appointments(appointment_ids: Collection[int]) -> dict[int, AppointmentCard]:
    """Return these appointments as they are now. One query."""
    return {row.pk: card_of(row) for row in Appointment.objects.filter(pk__in=appointment_ids)}


def diaries_below(*, lead_days: int, buffer_before_minutes: int, buffer_after_minutes: int) -> int:
    """Return how many diaries allow less notice, in midnights, or less time around a session than this."""
    less = Q(lead_days__lt=lead_days) | Q(buffer_before_minutes__lt=buffer_before_minutes)
    return Diary.objects.filter(less | Q(buffer_after_minutes__lt=buffer_after_minutes)).count()
