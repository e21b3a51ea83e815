"""What two people ask together: a time that suits both, and the musts of both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.foundation.timerange import TimeRange
from nearer.matching.engine.request import PARTS, Part, Request, Strength, Wish
from nearer.matching.engine.times import NO_DAY, wanted
from nearer.matching.tests.builders import NEW_YORK, NOW, asked, ids, must, nice, projected, someone_free

AT = datetime(2026, 6, 1, 15, 30, tzinfo=UTC)
ANCHOR = AT.replace(minute=0)
ZONES = ("America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/Phoenix")
LOS_ANGELES = "America/Los_Angeles"

parts = st.frozensets(st.sampled_from(PARTS))


def hours(**said: object) -> set[int]:
    found = wanted(Request((0,), None, 0, **said), ANCHOR, AT)  # type: ignore[arg-type]
    return set(np.flatnonzero(found.days != NO_DAY).tolist())


@given(mine=parts, theirs=parts, here=st.sampled_from(ZONES), there=st.sampled_from(ZONES))
def test_an_hour_suits_two_people_if_it_suits_each(
    mine: frozenset[Part], theirs: frozenset[Part], here: str, there: str
) -> None:
    both = hours(zone=here, times=mine, partner_times=theirs, partner_zone=there)
    any_time = hours(zone=here)
    suits_them = hours(zone=there, times=theirs, lead_days=0, horizon_days=20)
    assert both == hours(zone=here, times=mine) & (suits_them if theirs else any_time)


@given(day=st.integers(2, 14))
def test_no_hour_of_a_day_that_is_kept_apart_is_wanted(day: int) -> None:
    midnight = datetime(2026, 6, 1, tzinfo=ZoneInfo(NEW_YORK)) + timedelta(days=day)
    apart = ((midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC)),)
    left, every = hours(zone=NEW_YORK, apart=apart), hours(zone=NEW_YORK)
    gone = {(ANCHOR + timedelta(hours=hour)).astimezone(ZoneInfo(NEW_YORK)).date() for hour in every - left}
    assert gone == {midnight.date()}
    assert len(every - left) == 24


def test_two_musts_may_share_a_code_but_a_nice_one_may_not() -> None:
    Request((0,), None, 0, "UTC", wishes=(Wish("language", 3, Strength.MUST), Wish("language", 6, Strength.MUST)))
    with pytest.raises(ValueError, match="twice"):
        Request((0,), None, 0, "UTC", wishes=(Wish("language", 3, Strength.MUST), Wish("language", 6)))


def test_the_parts_of_a_week_are_all_that_a_second_person_can_name() -> None:
    assert set(get_args(Part)) == set(PARTS)
    with pytest.raises(ValueError, match="parts of the week"):
        Request((0,), None, 0, "UTC", partner_times=frozenset({"at night"}))  # type: ignore[arg-type]


@pytest.mark.django_db
def test_each_persons_must_is_met_by_itself() -> None:
    shared = someone_free(traits={"language": ["es"]})
    only_mine = someone_free(traits={"language": ["pt"]})
    each_one = someone_free(traits={"language": ["pt", "fr"]})
    projected()
    both = (must("language", "es", "pt"), must("language", "es", "fr"))
    assert ids(asked(wishes=both)) == {shared.pk, each_one.pk}
    assert ids(asked(wishes=both[:1])) == {shared.pk, only_mine.pk, each_one.pk}


@pytest.mark.django_db
def test_the_same_must_of_both_is_one_and_a_nice_one_of_it_adds_nothing() -> None:
    someone_free(traits={"language": ["es"]})
    projected()
    twice = asked(wishes=(must("language", "es"), must("language", "es"), nice("language", "es")))
    assert twice.matches == asked(wishes=(must("language", "es"),)).matches


@pytest.mark.django_db
def test_times_that_are_shown_suit_both() -> None:
    someone_free()
    projected()
    found = asked(partner_times=frozenset({"weekday_morning"}), partner_zone=LOS_ANGELES)
    starts = [each.start.astimezone(ZoneInfo(LOS_ANGELES)).hour for each in found.matches[0].openings]
    assert starts
    assert all(6 <= hour < 12 for hour in starts)
    assert found.matches[0].openings != asked().matches[0].openings


@pytest.mark.django_db
def test_no_time_is_shown_on_a_day_that_is_kept_apart() -> None:
    someone_free()
    projected()
    midnight = datetime(2026, 11, 24, tzinfo=ZoneInfo(NEW_YORK))
    day = TimeRange(midnight, midnight + timedelta(days=1))
    first = asked(apart=(day,)).matches[0].openings[0]
    assert first.start.astimezone(ZoneInfo(NEW_YORK)).date() == datetime(2026, 11, 25).date()
    assert asked().matches[0].openings[0].start < first.start
    assert first.start > NOW
