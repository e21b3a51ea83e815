"""Which starts are left in a diary. Openings and hour bits come from the same starts, so they can't disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.rules.busy import spans_meeting
from nearer.scheduling.rules.diary import (
    KNOWN_HORIZON_DAYS,
    DiaryPages,
    DiarySettings,
    Span,
    full_weeks,
    is_full,
    is_paused,
    merged_spans,
    week_of,
    working_spans,
)
from nearer.scheduling.rules.states import LIVE
from nearer.scheduling.rules.zones import (
    MINUTE,
    MINUTES_A_DAY,
    ceil_minute,
    floor_minute,
    instant,
    local_day,
    steady_pieces,
    utc_minute,
)

MINUTES_AN_HOUR = 60

NO_LIMIT = 1_000_000


def first_start(now: datetime, *, lead_days: int, therapist_zone: str, client_zone: str | None) -> datetime:
    """Return the first instant a client may book: `lead_days` local midnights from now, in both people's zones.

    The later of the two counts: a client names their zone themselves, and no zone gives less notice than the
    therapist's own. With no client zone it is that one, the first instant for a client anywhere.
    """
    if lead_days == 0:
        return now
    zones = {therapist_zone, client_zone or therapist_zone}
    return instant(max(_midnight(lead_days, zone, now) for zone in zones))


def _midnight(days: int, zone: str, now: datetime) -> int:
    return utc_minute(local_day(floor_minute(now), zone) + days, 0, zone)


def last_minute(pages: DiaryPages, now: datetime) -> int:
    """Return the minute from which no session starts: the midnight that ends the therapist's horizon."""
    today = local_day(floor_minute(now), pages.time_zone)
    return utc_minute(today + pages.settings.horizon_days + 1, 0, pages.time_zone)


def openings(
    pages: DiaryPages, *, length: timedelta, window: TimeRange, client_zone: str | None, now: datetime
) -> tuple[TimeRange, ...]:
    """Return the sessions of exactly `length` that start in `window` and can be held now, in order."""
    window_span = (ceil_minute(window.start), ceil_minute(window.end))
    (found,) = _starts(pages, lengths=[length], window=window_span, client_zone=client_zone, now=now)
    return tuple(TimeRange.lasting(instant(start), length) for start in found)


def hour_bits(
    pages: DiaryPages, *, lengths: Collection[timedelta], start: datetime, hours: int, now: datetime
) -> list[bytes]:
    """Return for each length one bit per UTC hour from `start`, little-endian: set if an opening starts in it."""
    origin = floor_minute(start)
    window = (origin, origin + hours * MINUTES_AN_HOUR)
    found = _starts(pages, lengths=lengths, window=window, client_zone=None, now=now)
    return [_as_bits(starts, origin).to_bytes((hours + 7) // 8, "little") for starts in found]


def widened(session: TimeRange, settings: DiarySettings) -> TimeRange:
    """Return a session with the buffers that a therapist wants around it."""
    return session.widened(
        before=timedelta(minutes=settings.buffer_before_minutes), after=timedelta(minutes=settings.buffer_after_minutes)
    )


def without_one(pages: DiaryPages, session: TimeRange, *, known: bool = False) -> DiaryPages:
    """Return the diary as it is for the one who gives up this session for another: neither paused nor fuller by it.

    `known`: they came before, so no limit on new clients is theirs.
    """
    span = (floor_minute(session.start), ceil_minute(session.end))
    others = tuple(taken for taken in pages.taken if not (taken.session == span and taken.status in LIVE))
    left = replace(pages, taken=others, settings=replace(pages.settings, paused_until=None))
    return as_for_known(left) if known else left


def as_for_known(pages: DiaryPages) -> DiaryPages:
    """Return the diary as it is for clients whom the therapist knows: no pause, no limit, half a year ahead."""
    settings = replace(
        pages.settings,
        paused_until=None,
        weekly_new_clients=NO_LIMIT,
        caseload_limit=NO_LIMIT,
        caseload_elsewhere=0,
        horizon_days=max(pages.settings.horizon_days, KNOWN_HORIZON_DAYS),
    )
    return replace(pages, settings=settings)


def _as_bits(starts: Iterable[int], origin: int) -> int:
    bits = 0
    for hour in {(start - origin) // MINUTES_AN_HOUR for start in starts}:
        bits |= 1 << hour
    return bits


def _starts(
    pages: DiaryPages, *, lengths: Collection[timedelta], window: Span, client_zone: str | None, now: datetime
) -> list[list[int]]:
    """Return for each length the minutes at which a session may start, in order."""
    zone, days_ahead = pages.time_zone, pages.settings.lead_days
    lead = first_start(now, lead_days=days_ahead, therapist_zone=zone, client_zone=client_zone)
    first, end = max(window[0], ceil_minute(max(lead, now))), min(window[1], last_minute(pages, now))
    if first >= end or is_paused(pages, now) or is_full(pages, now):
        return [[] for _ in lengths]
    longest = max((ceil_minutes(length) for length in lengths), default=0)
    # Local days may be a day off the UTC day, a span may begin the day before and a session end the day after.
    days = range(first // MINUTES_A_DAY - 2, (end + longest) // MINUTES_A_DAY + 2)
    working, full = working_spans(pages, days), full_weeks(pages)
    busy = _busy(pages, days)
    fits = [_fitting(pages, ceil_minutes(length), working, busy) for length in lengths]
    return [list(_aligned(pages, spans, (first, end), full)) for spans in fits]


def _busy(pages: DiaryPages, days: range) -> list[Span]:
    """Return the time that appointments take, or calendars elsewhere, around these local days, as the fewest spans."""
    first, last = working_from(days), (days.stop + 2) * MINUTES_A_DAY
    ours = [taken.during for taken in pages.taken if taken.status in LIVE and taken.during[1] > first]
    return merged_spans([*ours, *spans_meeting(pages.busy, first, last)])


def working_from(days: range) -> int:
    """Return a minute before all working time of these local days, in any zone."""
    return (days.start - 1) * MINUTES_A_DAY


def ceil_minutes(length: timedelta) -> int:
    """Return a length in minutes; a part of one counts whole."""
    return -(-length // MINUTE)


def _fitting(pages: DiaryPages, length: int, working: list[Span], busy: list[Span]) -> Iterator[Span]:
    """Return the minutes at which a session would lie in working time and, with its buffers, meet no taken time."""
    before, after = pages.settings.buffer_before_minutes, pages.settings.buffer_after_minutes
    starts = [(start, end - length + 1) for start, end in working]
    blocked = [(start - length - after + 1, end + before) for start, end in busy]
    return _left(starts, blocked)


def _aligned(pages: DiaryPages, spans: Iterable[Span], within: Span, full: frozenset[int]) -> Iterator[int]:
    """Return the minutes at which the therapist's local clock shows a multiple of their increment."""
    increment = pages.settings.increment_minutes
    for span_start, span_end in spans:
        span = max(span_start, within[0]), min(span_end, within[1])
        for start, end, offset in steady_pieces(*span, pages.time_zone):
            for minute in range(start + -(start + offset) % increment, end, increment):
                if not full or week_of((minute + offset) // MINUTES_A_DAY) not in full:
                    yield minute


def _left(spans: list[Span], blocked: list[Span]) -> Iterator[Span]:
    """Return what is left of `spans` once `blocked` is taken away; both in order of their starts and of their ends."""
    passed = 0
    for whole_start, end in spans:
        start = whole_start
        while passed < len(blocked) and blocked[passed][1] <= start:
            passed += 1
        for block_start, block_end in islice(blocked, passed, None):
            if block_start >= end:
                break
            if block_start > start:
                yield start, block_start
            start = max(start, block_end)
        if start < end:
            yield start, end
