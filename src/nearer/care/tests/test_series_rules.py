"""The same time every week: over both nights on which the clocks change, over holidays, and around what is taken."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.care.rules.holidays import public_holidays
from nearer.care.rules.series import (
    CLOCKS,
    HOLIDAY,
    MOVED,
    NEAR,
    SAME,
    SKIPPED,
    TAKEN,
    UNSURE,
    Proposed,
    proposed,
    wanted,
    window,
)
from nearer.foundation.timerange import TimeRange

NEW_YORK, PHOENIX, HONOLULU = "America/New_York", "America/Phoenix", "Pacific/Honolulu"
ZONES = [NEW_YORK, PHOENIX, HONOLULU, "America/Los_Angeles", "America/Chicago", "America/Anchorage", "Pacific/Guam"]
LENGTH = timedelta(minutes=50)
#: In 2035 the clocks of most states go forward on March 11 and back on November 4.
SPRING, FALL = date(2035, 3, 11), date(2035, 11, 4)

zones = st.sampled_from(ZONES)
counts = st.integers(1, 8)
weeks = st.sampled_from([1, 2])


@st.composite
def firsts(draw: st.DrawFn) -> datetime:
    """Return a first session within eight weeks before a night on which the clocks change, at any hour."""
    night = draw(st.sampled_from([SPRING, FALL]))
    day = night - timedelta(days=draw(st.integers(1, 56)))
    wall = time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 15, 30, 45])))
    return datetime.combine(day, wall, ZoneInfo(draw(zones))).astimezone(UTC)


def at(day: date, hour: int, minute: int = 0, zone: str = NEW_YORK) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def free_at(*starts: datetime) -> list[TimeRange]:
    return [TimeRange.lasting(start, LENGTH) for start in sorted(starts)]


def plan(
    first: datetime,
    free: list[TimeRange],
    *,
    every_weeks: int = 1,
    count: int = 4,
    zone: str = NEW_YORK,
    client_zone: str = NEW_YORK,
    holidays: dict[date, str] | None = None,
    unsure: frozenset[date] = frozenset(),
) -> tuple[Proposed, ...]:
    days = wanted(first, zone=zone, every_weeks=every_weeks, count=count)
    return proposed(days, free, holidays=holidays or {}, unsure=unsure, zone=zone, client_zone=client_zone, first=first)


@given(firsts(), zones, weeks, counts)
def test_each_day_is_whole_weeks_after_the_first_at_its_wall_time(
    first: datetime, zone: str, every_weeks: int, count: int
) -> None:
    local = first.astimezone(ZoneInfo(zone))
    days = wanted(first, zone=zone, every_weeks=every_weeks, count=count)
    assert len(days) == count
    for number, day in enumerate(days, start=1):
        assert day.on == local.date() + timedelta(weeks=every_weeks * number)
        shown = day.start.astimezone(ZoneInfo(zone))
        assert shown.date() == day.on
        if not day.is_skipped:
            assert shown.time().replace(fold=0) == local.time().replace(fold=0)
        else:  # as much later as the clocks skip
            assert shown.replace(tzinfo=None) - datetime.combine(day.on, local.time()) == timedelta(hours=1)


@given(firsts(), zones, zones, weeks, counts, st.data())
def test_whatever_is_proposed_is_free_on_its_day_and_never_on_a_holiday(  # noqa: PLR0917 - hypothesis gives them
    first: datetime, zone: str, client_zone: str, every_weeks: int, count: int, data: st.DataObject
) -> None:
    days = wanted(first, zone=zone, every_weeks=every_weeks, count=count)
    offsets = st.integers(-180, 180).map(lambda minutes: timedelta(minutes=minutes // 15 * 15))
    free = free_at(*{day.start + data.draw(offsets) for day in days for _ in range(2)})
    holidays = {day.on: "A holiday" for day in days if data.draw(st.booleans())}
    found = plan(
        first, free, every_weeks=every_weeks, count=count, zone=zone, client_zone=client_zone, holidays=holidays
    )
    assert [each.on for each in found] == [day.on for day in days]
    for each in found:
        assert (each.session is None) == (each.kind in SKIPPED)
        assert (each.kind == HOLIDAY) == (each.on in holidays)
        if each.session is None:
            continue
        assert each.session in free
        assert each.session.length == LENGTH
        assert each.session.start.astimezone(ZoneInfo(zone)).date() == each.on
        assert abs(each.session.start - each.usual) <= NEAR
        assert (each.kind == MOVED) == (each.session.start != each.usual)
        clocks = [moment.astimezone(ZoneInfo(client_zone)).time() for moment in (first, each.session.start)]
        assert each.other_clock == (clocks[0] != clocks[1])


@given(firsts(), zones, weeks, counts)
def test_where_all_is_free_nothing_moves_and_nothing_overlaps(
    first: datetime, zone: str, every_weeks: int, count: int
) -> None:
    days = wanted(first, zone=zone, every_weeks=every_weeks, count=count)
    found = plan(first, free_at(*(day.start for day in days)), every_weeks=every_weeks, count=count, zone=zone)
    assert {each.kind for each in found} <= {SAME, CLOCKS}
    sessions = [each.session for each in found if each.session]
    assert all(one.end <= other.start for one, other in pairwise(sessions))
    assert all(each.start in {day.start for day in days} for each in sessions)


@pytest.mark.parametrize(("night", "hours"), [(SPRING, -1), (FALL, 1)])
def test_the_same_wall_time_is_another_instant_after_the_clocks_change(night: date, hours: int) -> None:
    first = at(night - timedelta(days=4), 10)
    (day,) = wanted(first, zone=NEW_YORK, every_weeks=1, count=1)
    assert day.start - first == timedelta(weeks=1) + timedelta(hours=hours)


def test_a_time_that_the_clocks_skip_begins_an_hour_later_and_says_so() -> None:
    first = at(SPRING - timedelta(weeks=1), 2, 30)
    (found,) = plan(first, free_at(at(SPRING, 3, 30)), count=1)
    assert (found.kind, found.session) == (CLOCKS, free_at(at(SPRING, 3, 30))[0])


def test_a_time_that_the_clocks_show_twice_is_the_first_of_the_two() -> None:
    (day,) = wanted(at(FALL - timedelta(weeks=1), 1, 30), zone=NEW_YORK, every_weeks=1, count=1)
    assert day.start == datetime(2035, 11, 4, 5, 30, tzinfo=UTC)


def test_a_client_whose_clocks_do_not_change_is_shown_that_their_time_does() -> None:
    first = at(SPRING - timedelta(days=4), 10)
    days = wanted(first, zone=NEW_YORK, every_weeks=1, count=2)
    found = plan(first, free_at(*(day.start for day in days)), count=2, client_zone=PHOENIX)
    assert [each.other_clock for each in found] == [True, True]
    assert [each.other_clock for each in plan(first, free_at(*(day.start for day in days)), count=2)] == [False, False]


def test_of_two_times_as_near_the_earlier_is_proposed_and_none_that_is_far() -> None:
    first = at(date(2035, 6, 5), 10)
    day = date(2035, 6, 12)
    assert plan(first, free_at(at(day, 9), at(day, 11)), count=1)[0].session == free_at(at(day, 9))[0]
    assert plan(first, free_at(at(day, 13), at(day, 7)), count=1)[0].kind == TAKEN


def test_a_day_that_nobody_can_vouch_for_is_left_out() -> None:
    first = at(date(2035, 6, 5), 10)
    day = date(2035, 6, 12)
    assert plan(first, free_at(at(day, 10)), count=1, unsure=frozenset({day}))[0].kind == UNSURE


def test_the_window_holds_everything_that_could_be_proposed() -> None:
    days = wanted(at(date(2035, 6, 5), 10), zone=NEW_YORK, every_weeks=2, count=4)
    seen = window(days)
    assert all(seen.start <= day.start - NEAR and day.start + NEAR < seen.end for day in days)


def test_holidays_are_those_of_the_state() -> None:
    days = [date(2035, 4, 16), date(2035, 7, 4), date(2035, 7, 5)]
    assert public_holidays("MA", days) == {days[0]: "Patriots' Day", days[1]: "Independence Day"}
    assert public_holidays("NY", days) == {days[1]: "Independence Day"}
    assert public_holidays("nowhere", days) == {days[1]: "Independence Day"}
    assert public_holidays("PR", []) == {}
