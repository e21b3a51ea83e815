"""Openings for many at once: the same truth as for one, in one query."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from nearer.scheduling import api
from nearer.scheduling.models import Diary, Hours
from nearer.scheduling.tests.builders import FIVE, NINE
from nearer.scheduling.tests.rows import (
    FORTNIGHT,
    HOUR,
    NEW_YORK,
    NOW,
    TOMORROW_NINE,
    a_hold,
    a_therapist,
    a_therapist_without_diary,
    starts_of,
)

pytestmark = pytest.mark.django_db


def many_therapists(count: int) -> list[int]:
    ids = [a_therapist_without_diary() for _ in range(count)]
    Diary.objects.bulk_create(Diary(therapist_id=each, time_zone=NEW_YORK) for each in ids)
    Hours.objects.bulk_create(
        Hours(diary_id=each, weekday=weekday, start_minute=NINE, end_minute=FIVE)
        for each in ids
        for weekday in range(5)
    )
    return ids


@pytest.mark.parametrize("count", [10, 1000])
def test_openings_take_one_query_for_ten_therapists_and_for_a_thousand(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asks = dict.fromkeys(many_therapists(count), HOUR)
    with django_assert_num_queries(1):
        found = api.openings(asks, window=FORTNIGHT, client_zone=NEW_YORK, now=NOW)
    assert len(found) == count
    assert all(sessions[0].start == TOMORROW_NINE for sessions in found.values())


@pytest.mark.parametrize("count", [10, 1000])
def test_hour_bits_take_one_query_for_ten_therapists_and_for_a_thousand(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asks = {each: {HOUR, timedelta(minutes=50)} for each in many_therapists(count)}
    with django_assert_num_queries(1):
        found = api.hour_bits(asks, start=NOW, hours=336, now=NOW)
    assert len(found) == 2 * count
    assert {len(bits) for bits in found.values()} == {42}


def test_bits_and_openings_tell_the_same() -> None:
    therapist = a_therapist()
    a_hold(therapist)
    bits = api.hour_bits({therapist: [HOUR]}, start=NOW, hours=336, now=NOW)[therapist, HOUR]
    hours = {hour for hour in range(336) if int.from_bytes(bits, "little") >> hour & 1}
    # The bits are for clients anywhere; this client's tomorrow begins at five in the morning, UTC.
    mine = {(start - NOW) // HOUR for start in starts_of(therapist)}
    assert mine == {hour for hour in hours if NOW + hour * HOUR >= TOMORROW_NINE - 9 * HOUR}


def test_who_has_no_diary_has_no_openings_and_no_bits() -> None:
    therapist = a_therapist_without_diary()
    assert starts_of(therapist) == []
    assert api.hour_bits({therapist: [HOUR]}, start=NOW, hours=12, now=NOW) == {(therapist, HOUR): b"\0\0"}
    assert api.versions([therapist]) == {}


def test_any_opening_can_be_held() -> None:
    therapist = a_therapist()
    for start in starts_of(therapist)[::20]:
        assert a_hold(therapist, start).session.start == start
