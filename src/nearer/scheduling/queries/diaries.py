"""What can be asked of diaries and appointments, each in one query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.models import Appointment, Diary
from nearer.scheduling.policies import unknown
from nearer.scheduling.rules import openings as arithmetic
from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.rules.busy import unpacked
from nearer.scheduling.rules.diary import DiaryPages, DiarySettings, Taken, WeeklyHours
from nearer.scheduling.rules.openings import as_for_known, without_one
from nearer.scheduling.rules.states import COMPLETED, CONFIRMED, HELD, NO_SHOW

#: The statuses by the place that the view scheduling_pages gives them, from 1.
_STATUSES = ("", HELD, CONFIRMED, COMPLETED, NO_SHOW)


def openings(
    asks: Mapping[int, timedelta], *, window: TimeRange, client_zone: str, now: datetime
) -> dict[int, tuple[TimeRange, ...]]:
    """Return for each therapist the sessions of the length asked for that start in `window` and can be held now.

    One query, however many therapists. Whoever is paused, full, or has no diary has none.
    """
    found = diary_pages(asks)
    return {
        therapist_id: arithmetic.openings(
            found[therapist_id], length=length, window=window, client_zone=client_zone, now=now
        )
        if therapist_id in found
        else ()
        for therapist_id, length in asks.items()
    }


def openings_for(  # noqa: PLR0913 - what `openings` asks, and of whom
    therapist_id: int, *, length: timedelta, window: TimeRange, client_zone: str, now: datetime, further: bool
) -> tuple[TimeRange, ...]:
    """Return one therapist's openings; `further`: for clients who come already, whom no limit or pause keeps out.

    Who has no diary has none. One query.
    """
    pages = diary_pages([therapist_id]).get(therapist_id)
    if pages is None:
        return ()
    seen = as_for_known(pages) if further else pages
    return arithmetic.openings(seen, length=length, window=window, client_zone=client_zone, now=now)


def openings_to_move(
    appointment_id: int, *, window: TimeRange, client_zone: str, now: datetime
) -> tuple[TimeRange, ...]:
    """Return the sessions to which an appointment can be moved: its own time counts as free, a pause as over.

    :raises AppointmentUnknown: there is no such appointment.
    """
    card = appointment(appointment_id)
    pages = diary_pages([card.therapist_id]).get(card.therapist_id)
    if pages is None:
        return ()
    free = without_one(pages, card.session, known=not card.is_intake)
    found = arithmetic.openings(free, length=card.session.length, window=window, client_zone=client_zone, now=now)
    return tuple(session for session in found if session != card.session)


def hour_bits(
    asks: Mapping[int, Collection[timedelta]], *, start: datetime, hours: int, now: datetime
) -> dict[tuple[int, timedelta], bytes]:
    """Return for each therapist and length one bit per UTC hour from `start`, little-endian: set if one starts in it.

    The same truth as `openings`, for clients anywhere: from the therapist's tomorrow on. Whoever may not yet book
    because their own tomorrow has not come must be kept to it by the asker. One query; no diary means no bits.
    """
    found = diary_pages(asks)
    nothing = bytes((hours + 7) // 8)
    bits: dict[tuple[int, timedelta], bytes] = {}
    for therapist_id, lengths in asks.items():
        pages, ordered = found.get(therapist_id), list(lengths)
        each = (
            [nothing] * len(ordered)
            if pages is None
            else arithmetic.hour_bits(pages, lengths=ordered, start=start, hours=hours, now=now)
        )
        bits.update(zip(((therapist_id, length) for length in ordered), each, strict=True))
    return bits


def appointment(appointment_id: int) -> AppointmentCard:
    """Return one appointment as it is now.

    :raises AppointmentUnknown: there is no such appointment.
    """
    try:
        return card_of(Appointment.objects.get(id=appointment_id))
    except Appointment.DoesNotExist:
        raise unknown() from None


def versions(therapist_ids: Collection[int] | None = None) -> dict[int, int]:
    """Return the version of each diary (None: of all). Compare for equality alone: it is no order of commits."""
    diaries = Diary.objects.all()
    if therapist_ids is not None:
        diaries = diaries.filter(therapist_id__in=therapist_ids)
    return dict(diaries.values_list("therapist_id", "version"))


def diary_pages(therapist_ids: Collection[int]) -> dict[int, DiaryPages]:
    """Return what the diaries of these therapists say now; expired holds are already left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM scheduling_pages WHERE therapist_id = ANY(%s)", [list(therapist_ids)])
        return {row[0]: pages_from(row) for row in cursor.fetchall()}


def pages_from(row: tuple[Any, ...]) -> DiaryPages:
    """Return a row of the view scheduling_pages as the value that the rules read."""
    _therapist, version, time_zone, *settings, hours, exceptions, taken, busy = row
    return DiaryPages(
        time_zone,
        DiarySettings(*settings),
        tuple(WeeklyHours(*each) for each in hours),
        _exceptions(exceptions),
        tuple(
            Taken((during_start, during_end), (start, end), _STATUSES[status], bool(is_intake))
            for during_start, during_end, start, end, status, is_intake in taken
        ),
        version,
        unpacked(busy) if busy else (),
    )


def _exceptions(rows: list[list[int | None]]) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return the hours that replace each day's; a day off that also has hours is a day with those hours."""
    days: dict[int, tuple[tuple[int, int], ...]] = {}
    for day, start, end in rows:
        assert day is not None
        added = () if start is None or end is None else ((start, end),)
        days[day] = (*days.get(day, ()), *added)
    return days


def card_of(row: Appointment) -> AppointmentCard:
    return AppointmentCard(
        row.id,
        row.therapist_id,
        row.service,
        row.modality,
        row.location_id,
        TimeRange(row.session.lower, row.session.upper),
        row.status,
        row.is_intake,
        row.hold_expires_at,
        row.sequence,
        row.confirmed_at,
        row.ended_at,
        row.cancelled_by,
    )
