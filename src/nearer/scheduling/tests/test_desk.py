"""What therapists do with their own diaries: days off that can be put back, limits between bounds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from nearer.audit.models import Event
from nearer.scheduling import api
from nearer.scheduling.models import HoursException
from nearer.scheduling.rules.desk import BOUNDS, INCREMENTS, out_of_bounds
from nearer.scheduling.tests.builders import FIVE, NINE, NOON
from nearer.scheduling.tests.rows import NOW, a_confirmed, a_therapist, a_therapist_without_diary, starts_of

pytestmark = pytest.mark.django_db
TOMORROW = date(2035, 3, 6)
WEEK = api.every_day(TOMORROW, TOMORROW + timedelta(days=6))


def test_time_off_takes_the_openings_of_those_days_and_of_no_other() -> None:
    therapist = a_therapist()
    before = starts_of(therapist)
    api.set_days(therapist_id=therapist, days=dict.fromkeys(WEEK, ()), now=NOW)
    after = starts_of(therapist)
    assert after == [start for start in before if start.date() not in WEEK]
    assert after


def test_what_was_before_given_back_undoes_it() -> None:
    therapist = a_therapist()
    api.set_days(therapist_id=therapist, days={WEEK[2]: ((NINE, NOON), (13 * 60, FIVE)), WEEK[3]: ()}, now=NOW)
    before = api.diary(therapist, now=NOW)
    was = api.set_days(therapist_id=therapist, days=dict.fromkeys(WEEK, ()), now=NOW)
    assert was[WEEK[0]] is None
    assert was[WEEK[3]] == ()
    api.set_days(therapist_id=therapist, days=was, now=NOW)
    assert api.diary(therapist, now=NOW) == before


def test_a_day_may_have_other_hours() -> None:
    therapist = a_therapist()
    api.set_days(therapist_id=therapist, days={TOMORROW: ((NOON, FIVE),)}, now=NOW)
    assert min(starts_of(therapist)).hour == 17  # noon in New York
    api.set_days(therapist_id=therapist, days={TOMORROW: None}, now=NOW)
    assert min(starts_of(therapist)).hour == 14


def test_what_is_booked_stays_through_time_off() -> None:
    therapist = a_therapist()
    booked = a_confirmed(therapist)
    api.set_days(therapist_id=therapist, days=dict.fromkeys(WEEK, ()), now=NOW)
    assert api.appointment(booked.id).status == "confirmed"


def test_the_same_again_is_nothing_new() -> None:
    therapist = a_therapist()
    for _ in range(2):
        api.set_days(therapist_id=therapist, days={TOMORROW: ()}, now=NOW)
    assert HoursException.objects.count() == 1
    assert Event.objects.filter(action="set_days").count() == 1


@pytest.mark.parametrize("spans", [((FIVE, NINE),), ((NINE, 1500),), ((NINE, NINE),)])
def test_hours_that_are_none_are_refused_and_nothing_changes(spans: tuple[tuple[int, int], ...]) -> None:
    therapist = a_therapist()
    with pytest.raises(api.HoursWrong):
        api.set_days(therapist_id=therapist, days={TOMORROW: spans}, now=NOW)
    assert not HoursException.objects.exists()


def test_time_off_ends_after_it_begins_and_within_a_year_or_so() -> None:
    with pytest.raises(api.HoursWrong, match="before the first"):
        api.every_day(TOMORROW, TOMORROW - timedelta(days=1))
    with pytest.raises(api.HoursWrong, match="more than a year"):
        api.every_day(TOMORROW, TOMORROW + timedelta(days=1000))
    assert api.every_day(TOMORROW, TOMORROW) == [TOMORROW]


def test_limits_change_one_by_one_and_can_be_put_back() -> None:
    therapist = a_therapist()
    before = api.diary(therapist, now=NOW).settings
    was = api.set_limits(therapist_id=therapist, changes={"weekly_new_clients": 0, "lead_days": 3}, now=NOW)
    assert starts_of(therapist) == []
    api.set_limits(therapist_id=therapist, changes=was, now=NOW)
    assert api.diary(therapist, now=NOW).settings == before


@pytest.mark.parametrize(
    "changes",
    [{"weekly_new_clients": -1}, {"horizon_days": 0}, {"increment_minutes": 7}, {"version": 1}, {"lead_days": 99}],
)
def test_limits_out_of_bounds_are_refused(changes: dict[str, int]) -> None:
    therapist = a_therapist()
    before = api.diary(therapist, now=NOW)
    with pytest.raises(api.HoursWrong, match="Enter a number from"):
        api.set_limits(therapist_id=therapist, changes=changes, now=NOW)
    assert api.diary(therapist, now=NOW) == before


@given(st.sampled_from(sorted(BOUNDS)), st.integers(-10, 1100))
def test_a_bound_is_inclusive_on_both_sides(name: str, value: int) -> None:
    low, high = BOUNDS[name]
    assert (out_of_bounds({name: value}) is None) == (low <= value <= high)


@given(st.integers(0, 70))
def test_starts_are_spaced_evenly_in_an_hour(value: int) -> None:
    assert (out_of_bounds({"increment_minutes": value}) is None) == (value in INCREMENTS)


def test_without_a_diary_one_is_asked_for_hours_first() -> None:
    therapist = a_therapist_without_diary()
    for act in (
        lambda: api.diary(therapist, now=NOW),
        lambda: api.set_days(therapist_id=therapist, days={TOMORROW: ()}, now=NOW),
        lambda: api.set_limits(therapist_id=therapist, changes={"lead_days": 2}, now=NOW),
    ):
        with pytest.raises(api.NoDiary, match="weekly hours first"):
            act()


def test_a_diary_is_one_query_and_counts_its_clients(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    therapist = a_therapist()
    a_confirmed(therapist)
    api.pause(therapist_id=therapist, until=date(2035, 4, 1), now=NOW)
    with django_assert_num_queries(1):
        view = api.diary(therapist, now=NOW)
    assert view.caseload == 1
    assert view.is_paused
    assert [each.weekday for each in view.hours] == list(range(7))
