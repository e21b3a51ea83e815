"""Writing diaries, one by one and by the thousand; and that every change is heard of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from nearer.directory.api import records
from nearer.scheduling import api
from nearer.scheduling.models import Appointment, Diary, Hours, HoursException
from nearer.scheduling.tests.builders import FIVE, MIDNIGHT, MONDAY, NINE, NOON, TUESDAY
from nearer.scheduling.tests.rows import (
    HOUR,
    NEW_YORK,
    NINE_TO_FIVE,
    NOW,
    ROOMY,
    TOMORROW_NINE,
    a_confirmed,
    a_hold,
    a_therapist,
    a_therapist_without_diary,
    starts_of,
)

pytestmark = pytest.mark.django_db

TOMORROW = date(2035, 3, 6)


def week_of(therapist_id: int) -> set[tuple[int, int, int]]:
    return set(Hours.objects.filter(diary_id=therapist_id).values_list("weekday", "start_minute", "end_minute"))


def a_record(npi: str, *hours: tuple[int, int, int], zone: str = NEW_YORK, **settings: int) -> records.DiaryRecord:
    return records.DiaryRecord(npi, zone, tuple(records.HoursRecord(*each) for each in hours), settings)


def test_setting_hours_makes_a_diary_and_setting_them_again_replaces_the_week() -> None:
    therapist = a_therapist()
    hours = [api.WeeklyHours(MONDAY, NOON, FIVE)]
    api.set_hours(therapist_id=therapist, time_zone="America/Denver", hours=hours, settings=None, now=NOW)
    diary = Diary.objects.get(therapist_id=therapist)
    assert (diary.time_zone, diary.weekly_new_clients) == ("America/Denver", ROOMY.weekly_new_clients)
    assert week_of(therapist) == {(MONDAY, NOON, FIVE)}


def test_hours_that_meet_or_overlap_become_one() -> None:
    hours = [
        api.WeeklyHours(MONDAY, NINE, NOON),
        api.WeeklyHours(MONDAY, NOON, FIVE),
        api.WeeklyHours(MONDAY, 600, 700),
    ]
    assert week_of(a_therapist(hours=hours)) == {(MONDAY, NINE, FIVE)}


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("America/Nowhere", NINE_TO_FIVE),
        ("", NINE_TO_FIVE),
        ("../etc/passwd", NINE_TO_FIVE),
        (NEW_YORK, [api.WeeklyHours(7, NINE, NOON)]),
        (NEW_YORK, [api.WeeklyHours(MONDAY, NOON, NINE)]),
        (NEW_YORK, [api.WeeklyHours(MONDAY, NINE, MIDNIGHT + 1)]),
    ],
)
def test_hours_that_are_none_are_refused_in_words(zone: str, hours: list[api.WeeklyHours]) -> None:
    with pytest.raises(api.HoursWrong, match=r"\.$"):
        a_therapist(zone=zone, hours=hours)


def test_an_exception_replaces_a_day_and_is_taken_back() -> None:
    therapist = a_therapist()
    usual = starts_of(therapist)
    api.add_exception(therapist_id=therapist, on=TOMORROW, hours=[], now=NOW)
    assert starts_of(therapist)[0] == TOMORROW_NINE + timedelta(days=1)
    api.add_exception(therapist_id=therapist, on=TOMORROW, hours=[(NOON, FIVE)], now=NOW)
    assert starts_of(therapist)[0] == TOMORROW_NINE + 3 * HOUR
    api.remove_exception(therapist_id=therapist, on=TOMORROW, now=NOW)
    assert starts_of(therapist) == usual


def test_an_exception_needs_a_diary_and_hours_that_are_some() -> None:
    with pytest.raises(api.NoDiary):
        api.add_exception(therapist_id=a_therapist_without_diary(), on=TOMORROW, hours=[], now=NOW)
    with pytest.raises(api.HoursWrong):
        api.add_exception(therapist_id=a_therapist(), on=TOMORROW, hours=[(FIVE, NINE)], now=NOW)


def test_an_import_writes_what_changed_and_nothing_else(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    npis = [f"9{number:09}" for number in range(20)]
    ids = [a_therapist_without_diary(npi) for npi in npis]
    said = [a_record(npi, (MONDAY, NINE, NOON), (TUESDAY, NOON, FIVE), weekly_new_clients=3) for npi in npis]
    api.set_hours_of(said)
    before = api.versions(ids)
    assert len(before) == 20
    assert Diary.objects.get(therapist_id=ids[0]).weekly_new_clients == 3
    api.set_hours_of(said)
    assert api.versions(ids) == before
    said[7] = a_record(npis[7], (MONDAY, NINE, NOON), weekly_new_clients=3)
    said[8] = a_record(npis[8], (MONDAY, NINE, NOON), (TUESDAY, NOON, FIVE), weekly_new_clients=4)
    with django_assert_num_queries(8):  # savepoint and end, ids, diaries, hours, settings, removed hours, audit
        api.set_hours_of(said)
    after = api.versions(ids)
    assert {each for each in ids if after[each] != before[each]} == {ids[7], ids[8]}
    assert week_of(ids[7]) == {(MONDAY, NINE, NOON)}


def test_an_import_leaves_settings_that_it_does_not_name() -> None:
    npi = "9000000001"
    therapist = a_therapist_without_diary(npi)
    api.set_hours_of([a_record(npi, (MONDAY, NINE, NOON), caseload_limit=7)])
    api.set_hours_of([a_record(npi, (MONDAY, NINE, NOON), lead_days=2)])
    diary = Diary.objects.get(therapist_id=therapist)
    assert (diary.caseload_limit, diary.lead_days) == (7, 2)


def test_an_import_passes_over_those_it_does_not_know_and_refuses_settings_that_are_none() -> None:
    api.set_hours_of([a_record("9999999999", (MONDAY, NINE, NOON))])
    assert not Diary.objects.exists()
    therapist_npi = "9000000002"
    a_therapist_without_diary(therapist_npi)
    with pytest.raises(api.HoursWrong, match="colour"):
        api.set_hours_of([a_record(therapist_npi, (MONDAY, NINE, NOON), colour=1)])


def test_hours_of_a_weekday_never_overlap_whoever_writes_them() -> None:
    therapist = a_therapist(hours=[api.WeeklyHours(MONDAY, NINE, NOON)])
    Hours.objects.create(diary_id=therapist, weekday=MONDAY, start_minute=NOON, end_minute=FIVE)
    Hours.objects.create(diary_id=therapist, weekday=TUESDAY, start_minute=NINE, end_minute=NOON)
    Hours.objects.create(diary_id=a_therapist(hours=[]), weekday=MONDAY, start_minute=NINE, end_minute=NOON)
    with pytest.raises(IntegrityError, match="hours_of_a_weekday_do_not_overlap"), transaction.atomic():
        Hours.objects.create(diary_id=therapist, weekday=MONDAY, start_minute=NOON - 1, end_minute=NOON)


def test_a_pause_that_is_over_where_the_therapist_is_is_cleared_and_heard_of() -> None:
    over, standing = a_therapist(), a_therapist(zone="Pacific/Honolulu")
    for therapist in (over, standing):
        api.pause(therapist_id=therapist, until=TOMORROW, now=NOW)
    before = api.versions()
    midnight_in_new_york = TOMORROW_NINE - 9 * HOUR
    assert api.end_pauses(now=midnight_in_new_york) == 1
    after = api.versions()
    assert after[over] != before[over]
    assert after[standing] == before[standing]


CHANGES: dict[str, Callable[[int], object]] = {
    "a hold": a_hold,
    "a confirmation": a_confirmed,
    "other hours": lambda therapist: api.set_hours(
        therapist_id=therapist, time_zone=NEW_YORK, hours=NINE_TO_FIVE[:1], settings=None, now=NOW
    ),
    "other settings": lambda therapist: api.set_hours(
        therapist_id=therapist, time_zone=NEW_YORK, hours=NINE_TO_FIVE, settings=replace(ROOMY, lead_days=2), now=NOW
    ),
    "a day off": lambda therapist: api.add_exception(therapist_id=therapist, on=TOMORROW, hours=[], now=NOW),
    "a pause": lambda therapist: api.pause(therapist_id=therapist, until=TOMORROW, now=NOW),
    "hours written past us": lambda therapist: Hours.objects.filter(diary_id=therapist).update(end_minute=FIVE + 1),
    "hours removed past us": lambda therapist: Hours.objects.filter(diary_id=therapist).delete(),
    "an exception written past us": lambda therapist: HoursException.objects.create(diary_id=therapist, on=TOMORROW),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_raises_the_version_of_its_diary_and_of_no_other(change: str) -> None:
    therapist, other = a_therapist(), a_therapist()
    before = api.versions([therapist, other])
    CHANGES[change](therapist)
    after = api.versions([therapist, other])
    assert after[therapist] > before[therapist]
    assert after[other] == before[other]


@pytest.mark.parametrize("end", ["release", "cancel", "move", "delete"])
def test_every_end_of_an_appointment_raises_the_version_of_its_diary(end: str) -> None:
    therapist = a_therapist()
    card = a_hold(therapist) if end in {"release", "delete"} else a_confirmed(therapist)
    before = api.versions([therapist])
    if end == "release":
        api.release(appointment_id=card.id, now=NOW)
    elif end == "cancel":
        api.cancel(appointment_id=card.id, by="client", now=NOW)
    elif end == "move":
        api.move(appointment_id=card.id, start=TOMORROW_NINE + HOUR, key="m", now=NOW)
    else:
        Appointment.objects.all().delete()
    assert api.versions([therapist]) != before


def test_a_change_that_changes_nothing_raises_nothing() -> None:
    therapist = a_therapist()
    before = api.versions()
    api.set_hours(therapist_id=therapist, time_zone=NEW_YORK, hours=NINE_TO_FIVE, settings=ROOMY, now=NOW)
    api.pause(therapist_id=therapist, until=None, now=NOW)
    Diary.objects.update(lead_days=ROOMY.lead_days)
    assert api.versions() == before


def test_the_diary_needs_no_extension() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        assert cursor.fetchall() == [("plpgsql",)]
