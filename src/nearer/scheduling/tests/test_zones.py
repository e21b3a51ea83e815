"""Local times mean the right instants on every day that clocks, months and years can make."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.scheduling.rules import zones
from nearer.scheduling.tests.builders import ODD_ZONES, US_ZONES, at

any_zone = st.sampled_from(US_ZONES + ODD_ZONES)
any_day = st.dates(date(2005, 1, 1), date(2040, 12, 31))

SPRING, AUTUMN = date(2027, 3, 14), date(2027, 11, 7)


def instant_of(day: date, minute: int, zone: str) -> datetime:
    return zones.instant(zones.utc_minute(zones.day_number(day), minute, zone))


@given(any_day, st.integers(0, 1440), any_zone)
def test_a_local_time_is_read_as_the_calendar_standard_says(day: date, minute: int, zone: str) -> None:
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    expected = wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    assert instant_of(day, minute, zone) == expected


@given(any_day, st.integers(0, 1439), any_zone)
def test_the_local_day_of_an_instant_is_the_day_its_clock_shows(day: date, minute: int, zone: str) -> None:
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    shown = moment.astimezone(ZoneInfo(zone)).date()
    assert zones.local_day(zones.floor_minute(moment), zone) == zones.day_number(shown)


@given(any_day, st.integers(1, 3000), any_zone)
def test_steady_pieces_cover_a_span_and_each_has_one_offset(day: date, length: int, zone: str) -> None:
    start = zones.day_number(day) * zones.MINUTES_A_DAY
    pieces = list(zones.steady_pieces(start, start + length, zone))
    assert pieces[0][0] == start
    assert pieces[-1][1] == start + length
    assert all(before[1] == after[0] for before, after in pairwise(pieces))
    for piece_start, piece_end, offset in pieces:
        for minute in (piece_start, piece_end - 1):
            assert zones.instant(minute).astimezone(ZoneInfo(zone)).utcoffset() == timedelta(minutes=offset)


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (90, "2027-03-14 06:30"),  # 01:30, before the gap
        (150, "2027-03-14 07:30"),  # 02:30 is skipped: read with the offset before
        (180, "2027-03-14 07:00"),  # 03:00, the first minute after
        (240, "2027-03-14 08:00"),
    ],
)
def test_a_time_in_the_spring_gap_takes_the_offset_before_it(minute: int, expected: str) -> None:
    assert instant_of(SPRING, minute, "America/New_York") == at(expected)


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (30, "2027-11-07 04:30"),
        (90, "2027-11-07 05:30"),  # 01:30 is shown twice: the first
        (120, "2027-11-07 07:00"),  # 02:00, an hour and a half later
    ],
)
def test_a_time_in_the_autumn_fold_is_its_first_occurrence(minute: int, expected: str) -> None:
    assert instant_of(AUTUMN, minute, "America/New_York") == at(expected)


@pytest.mark.parametrize("zone", US_ZONES)
@pytest.mark.parametrize(("night", "change"), [(SPRING, -60), (AUTUMN, 60)])
def test_a_day_lasts_as_long_as_its_zone_says_it_does(zone: str, night: date, change: int) -> None:
    keeps_one_time = zone in {
        "America/Phoenix",
        "Pacific/Honolulu",
        "America/Puerto_Rico",
        "America/St_Thomas",
        "Pacific/Guam",
        "Pacific/Saipan",
        "Pacific/Pago_Pago",
    }
    day = instant_of(night, 1440, zone) - instant_of(night, 0, zone)
    assert day == timedelta(minutes=1440 + (0 if keeps_one_time else change))


@pytest.mark.parametrize("zone", US_ZONES)
@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2027, 1, 31), date(2027, 2, 1)),
        (date(2027, 2, 28), date(2027, 3, 1)),
        (date(2028, 2, 28), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 1)),
        (date(2027, 4, 30), date(2027, 5, 1)),
        (date(2027, 12, 31), date(2028, 1, 1)),
    ],
)
def test_the_end_of_a_day_is_the_start_of_the_next(zone: str, day: date, following: date) -> None:
    assert instant_of(day, 1440, zone) == instant_of(following, 0, zone)


def test_minutes_round_down_and_up() -> None:
    moment = at("2027-01-01 00:00") + timedelta(seconds=1)
    assert zones.ceil_minute(moment) == zones.floor_minute(moment) + 1
    assert zones.ceil_minute(at("2027-01-01 00:00")) == zones.floor_minute(at("2027-01-01 00:00"))
