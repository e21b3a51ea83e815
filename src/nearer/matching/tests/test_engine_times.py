from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.matching.engine.request import PARTS, Part, Request
from nearer.matching.engine.times import NO_DAY, Wanted, wanted

NEW_YORK = ZoneInfo("America/New_York")


def wanted_in(
    zone: str, at: datetime, *times: Part, anchor: datetime | None = None, lead: int = 1, horizon: int = 14
) -> tuple[Wanted, datetime]:
    start = anchor or at.replace(minute=0)
    request = Request((0,), None, 0, zone, times=frozenset(times), lead_days=lead, horizon_days=horizon)
    return wanted(request, start, at), start


def hours(found: Wanted, anchor: datetime, zone: ZoneInfo) -> list[datetime]:
    places = np.flatnonzero(found.days != NO_DAY).tolist()
    return [(anchor + timedelta(hours=place)).astimezone(zone) for place in places]


def test_any_time_runs_from_tomorrows_midnight_to_the_end_of_the_fourteenth_day() -> None:
    found, anchor = wanted_in("America/New_York", datetime(2026, 6, 1, 15, 30, tzinfo=UTC))
    local = hours(found, anchor, NEW_YORK)
    assert local[0] == datetime(2026, 6, 2, tzinfo=NEW_YORK)
    assert local[-1] == datetime(2026, 6, 15, 23, tzinfo=NEW_YORK)
    assert len(local) == 14 * 24


def test_late_at_night_tomorrow_is_the_clients_tomorrow_not_the_one_in_utc() -> None:
    found, anchor = wanted_in("Pacific/Honolulu", datetime(2026, 6, 2, 8, tzinfo=UTC))
    assert hours(found, anchor, ZoneInfo("Pacific/Honolulu"))[0].day == 2


@pytest.mark.parametrize(
    ("night", "length"), [(datetime(2026, 3, 8), 23), (datetime(2026, 11, 1), 25)], ids=["spring", "autumn"]
)
def test_the_day_the_clocks_change_has_its_own_length_and_its_own_evening(night: datetime, length: int) -> None:
    at = (night - timedelta(days=1)).replace(hour=12, tzinfo=NEW_YORK).astimezone(UTC)
    found, anchor = wanted_in("America/New_York", at, horizon=1)
    assert len(hours(found, anchor, NEW_YORK)) == length
    found, anchor = wanted_in("America/New_York", at, "weekend", horizon=1)
    assert len(hours(found, anchor, NEW_YORK)) == length
    found, anchor = wanted_in("America/New_York", at, "weekday_evening", horizon=2)
    assert [local.hour for local in hours(found, anchor, NEW_YORK)] == [17, 18, 19, 20, 21]


def test_an_hour_of_the_client_may_be_an_hour_cut_in_two() -> None:
    found, anchor = wanted_in("Asia/Kolkata", datetime(2026, 6, 1, 3, tzinfo=UTC), "weekday_morning", horizon=1)
    local = hours(found, anchor, ZoneInfo("Asia/Kolkata"))
    assert (local[0].hour, local[0].minute) == (5, 30)
    assert (local[-1].hour, local[-1].minute) == (11, 30)


def test_an_hour_that_has_passed_is_not_wanted_today() -> None:
    at = datetime(2026, 6, 1, 15, 30, tzinfo=UTC)
    found, anchor = wanted_in("America/New_York", at, anchor=datetime(2026, 6, 1, 10, tzinfo=UTC), lead=0, horizon=0)
    assert hours(found, anchor, NEW_YORK)[0].astimezone(UTC).hour == 15


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        wanted(Request((0,), None, 0, "UTC"), datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 1))


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(["America/New_York", "America/Anchorage", "America/Phoenix", "Pacific/Guam", "America/Havana"]),
    st.frozensets(st.sampled_from(PARTS)),
)
def test_every_wanted_hour_is_in_a_wanted_part_and_no_other_is_left_out(
    at: datetime, zone: str, times: frozenset[Part]
) -> None:
    at = at.replace(minute=0, second=0, microsecond=0)
    local_zone = ZoneInfo(zone)
    found, anchor = wanted_in(zone, at, *times)
    today = at.astimezone(local_zone).date()
    for place, day in enumerate(found.days.tolist()):
        local = (anchor + timedelta(hours=place)).astimezone(local_zone)
        days = (local.date() - today).days
        fits = 1 <= days <= 14 and (not times or _part(local) in times)
        assert day == (days if fits else NO_DAY)
        assert bool(int(found.words[place >> 6]) >> (place & 63) & 1) == fits


def _part(local: datetime) -> str:
    if local.weekday() >= 5:
        return "weekend"
    named = {range(6, 12): "weekday_morning", range(12, 17): "weekday_afternoon", range(17, 22): "weekday_evening"}
    return next((name for hours_of, name in named.items() if local.hour in hours_of), "night")
