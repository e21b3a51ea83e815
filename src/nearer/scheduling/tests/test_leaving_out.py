"""One stretch of time leaves a diary; all else of its days stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api
from nearer.scheduling.models import HoursException
from nearer.scheduling.rules.diary import local_parts, merged_spans, without_span
from nearer.scheduling.tests.builders import at
from nearer.scheduling.tests.rows import (
    HOUR,
    NEW_YORK,
    NOW,
    TOMORROW_NINE,
    a_therapist,
    a_therapist_without_diary,
    starts_of,
)

spans = st.tuples(st.integers(0, 1440), st.integers(0, 1440)).filter(lambda span: span[0] < span[1])


def minutes(of: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> set[int]:
    return {minute for start, end in of for minute in range(start, end)}


@given(st.lists(spans, max_size=4).map(merged_spans), spans)
def test_what_is_left_is_all_minutes_but_those(before: list[tuple[int, int]], out: tuple[int, int]) -> None:
    after = without_span(before, out)
    assert minutes(after) == minutes(before) - set(range(*out))
    assert list(after) == merged_spans(list(after))


def test_a_stretch_over_midnight_is_part_of_two_days() -> None:
    first, second = local_parts(TimeRange(at("2035-03-07 04:30"), at("2035-03-07 05:30")), NEW_YORK)
    assert (first[0].day, first[1], second[0].day, second[1]) == (6, (1410, 1440), 7, (0, 30))


def test_on_the_night_that_the_clocks_go_forward_the_wall_clock_counts() -> None:
    ((_, span),) = local_parts(TimeRange(at("2035-03-11 06:30"), at("2035-03-11 07:30")), NEW_YORK)
    assert span == (90, 210)


@pytest.mark.django_db
def test_nobody_is_offered_a_time_that_was_left_out_and_the_rest_stays() -> None:
    therapist = a_therapist()
    before = starts_of(therapist)
    api.leave_out(therapist_id=therapist, period=TimeRange.lasting(TOMORROW_NINE, HOUR), now=NOW)
    gone = {TOMORROW_NINE, TOMORROW_NINE + timedelta(minutes=30)}
    assert starts_of(therapist) == [start for start in before if start not in gone]


@pytest.mark.django_db
def test_leaving_out_twice_and_what_is_no_working_time_changes_nothing() -> None:
    therapist = a_therapist()
    for _ in range(2):
        api.leave_out(therapist_id=therapist, period=TimeRange.lasting(TOMORROW_NINE, HOUR), now=NOW)
    api.leave_out(therapist_id=therapist, period=TimeRange.lasting(TOMORROW_NINE - 4 * HOUR, HOUR), now=NOW)
    assert HoursException.objects.count() == 1
    with pytest.raises(api.NotTaking):
        api.leave_out(therapist_id=a_therapist_without_diary(), period=TimeRange.lasting(TOMORROW_NINE, HOUR), now=NOW)
