"""Time that is busy elsewhere: kept in few bytes, found fast, and counted exactly as time that is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.rules import openings as arithmetic
from nearer.scheduling.rules.busy import packed, spans_meeting, state_of, unpacked, window_of
from nearer.scheduling.rules.diary import KNOWN_HORIZON_DAYS, DiaryPages, Span, Taken, merged_spans
from nearer.scheduling.rules.states import CONFIRMED
from nearer.scheduling.rules.zones import floor_minute
from nearer.scheduling.tests.builders import HOUR, at, diaries

NEAR = at("2027-03-12 15:00")
MINUTE = floor_minute(NEAR)
WINDOW = TimeRange(NEAR, NEAR + timedelta(days=12))

spans = st.lists(
    st.builds(
        lambda start, length: (MINUTE + start, MINUTE + start + length), st.integers(-3000, 20_000), st.integers(1, 600)
    ),
    max_size=12,
)


@given(spans)
def test_what_is_packed_is_unpacked(any_spans: list[Span]) -> None:
    whole = merged_spans(any_spans)
    assert list(unpacked(packed(whole))) == [bound for span in whole for bound in span]


@given(spans, spans)
def test_several_calendars_behind_each_other_are_one(one: list[Span], other: list[Span]) -> None:
    both = unpacked(packed(merged_spans(one)) + packed(merged_spans(other)))
    assert list(spans_meeting(both, -(2**31), 2**31 - 1)) == merged_spans(one + other)


@given(spans, st.integers(-4000, 22_000), st.integers(0, 5000))
def test_those_that_meet_a_window_are_found(any_spans: list[Span], first: int, length: int) -> None:
    whole = merged_spans(any_spans)
    first, last = MINUTE + first, MINUTE + first + length
    found = list(spans_meeting(unpacked(packed(whole)), first, last))
    assert [span for span in found if span[1] > first and span[0] < last] == [
        span for span in whole if span[1] > first and span[0] < last
    ]


@given(diaries(near=NEAR), spans, st.sampled_from([timedelta(minutes=50), HOUR]))
def test_busy_time_counts_exactly_as_taken_time_does(
    pages: DiaryPages, any_spans: list[Span], length: timedelta
) -> None:
    whole = merged_spans(any_spans)
    busy = replace(pages, busy=unpacked(packed(whole)))
    as_taken = [Taken(span, span, CONFIRMED, is_intake=False) for span in whole]
    taken = replace(pages, taken=(*pages.taken, *as_taken))
    asked = {"window": WINDOW, "client_zone": "America/Denver", "now": NEAR}
    assert arithmetic.openings(busy, length=length, **asked) == arithmetic.openings(taken, length=length, **asked)  # type: ignore[arg-type]
    bits = [arithmetic.hour_bits(each, lengths=[length], start=NEAR, hours=300, now=NEAR) for each in (busy, taken)]
    assert bits[0] == bits[1]


@pytest.mark.parametrize(
    ("read_hours_ago", "failing_hours", "state"),
    [(None, None, "waiting"), (None, 0, "failing"), (1, None, "well"), (5, 5, "well"), (6, 6, "failing")],
)
def test_a_calendar_that_was_read_once_is_given_a_while(
    read_hours_ago: int | None, failing_hours: int | None, state: str
) -> None:
    read_at = None if read_hours_ago is None else NEAR - read_hours_ago * HOUR
    failing_since = None if failing_hours is None else NEAR - failing_hours * HOUR
    assert state_of(read_at=read_at, failing_since=failing_since, now=NEAR) == state


def test_calendars_are_read_beyond_the_longest_horizon() -> None:
    window = window_of(NEAR)
    assert window.start <= NEAR - timedelta(days=1)
    assert window.end >= NEAR + timedelta(days=KNOWN_HORIZON_DAYS + 2)
