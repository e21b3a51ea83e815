from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.foundation.timerange import TimeRange, merged, without

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)


def a_range(start: int, end: int) -> TimeRange:
    return TimeRange(EPOCH + timedelta(minutes=start), EPOCH + timedelta(minutes=end))


@st.composite
def ranges(draw: st.DrawFn) -> TimeRange:
    start = draw(st.integers(0, 200))
    return a_range(start, start + draw(st.integers(1, 40)))


def minutes(items: list[TimeRange]) -> set[int]:
    return {minute for item in items for minute in range(_minute(item.start), _minute(item.end))}


def _minute(instant: datetime) -> int:
    return int((instant - EPOCH).total_seconds() // 60)


def test_a_range_that_ends_as_another_starts_does_not_overlap_it() -> None:
    assert not a_range(0, 10).overlaps(a_range(10, 20))
    assert a_range(0, 11).overlaps(a_range(10, 20))


def test_a_range_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        TimeRange(datetime(2027, 1, 1), datetime(2027, 1, 2))


@pytest.mark.parametrize("length", [0, -5])
def test_a_range_that_holds_no_instant_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="end after it starts"):
        a_range(10, 10 + length)


def test_a_session_across_the_spring_night_keeps_its_exact_length() -> None:
    start = datetime(2027, 3, 14, 1, 30, tzinfo=ZoneInfo("America/New_York"))
    session = TimeRange.lasting(start, timedelta(minutes=60))
    assert session.length == timedelta(minutes=60)
    assert session.end.astimezone(ZoneInfo("America/New_York")).hour == 3


def test_widening_adds_buffers_on_both_sides() -> None:
    wide = a_range(30, 60).widened(before=timedelta(minutes=5), after=timedelta(minutes=10))
    assert wide == a_range(25, 70)
    assert wide.contains(a_range(30, 60))


@given(ranges(), ranges())
def test_two_ranges_share_what_both_hold(one: TimeRange, other: TimeRange) -> None:
    shared = one & other
    assert minutes([shared] if shared else []) == minutes([one]) & minutes([other])
    assert (shared is not None) == one.overlaps(other) == other.overlaps(one)


@given(st.lists(ranges(), max_size=8))
def test_merging_keeps_every_instant_in_the_fewest_ranges(items: list[TimeRange]) -> None:
    whole = merged(items)
    assert minutes(whole) == minutes(items)
    assert all(one.end < other.start for one, other in pairwise(whole))


@given(st.lists(ranges(), max_size=6), st.lists(ranges(), max_size=6))
def test_what_is_left_is_exactly_what_is_not_busy(items: list[TimeRange], busy: list[TimeRange]) -> None:
    assert minutes(without(items, busy)) == minutes(items) - minutes(busy)
