"""Trying holds tells the truth about each opening, and leaves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from nearer.audit.models import Event
from nearer.scheduling import api
from nearer.scheduling.models import Appointment, Diary
from nearer.scheduling.operations import trying, turns
from nearer.scheduling.rules.diary import DiaryPages
from nearer.scheduling.tests.rows import (
    HOUR,
    NOW,
    TOMORROW_NINE,
    a_hold,
    a_therapist,
    a_therapist_without_diary,
    starts_of,
)

pytestmark = pytest.mark.django_db


def tried(therapist_id: int, starts: Sequence[datetime]) -> tuple[datetime, ...]:
    return api.try_holds(
        therapist_id=therapist_id,
        service="individual",
        modality="telehealth",
        location_id=None,
        starts=starts,
        length=HOUR,
        client_zone="America/New_York",
        now=NOW,
    )


def test_every_opening_that_is_listed_can_be_had() -> None:
    therapist = a_therapist()
    assert tried(therapist, starts_of(therapist)) == ()


def test_what_is_no_opening_is_named() -> None:
    therapist = a_therapist()
    a_hold(therapist)
    at_night = TOMORROW_NINE + 15 * HOUR
    assert tried(therapist, [TOMORROW_NINE, TOMORROW_NINE + 2 * HOUR, at_night]) == (TOMORROW_NINE, at_night)


def test_openings_that_overlap_are_each_tried_alone() -> None:
    therapist = a_therapist()
    assert tried(therapist, [TOMORROW_NINE, TOMORROW_NINE, TOMORROW_NINE + timedelta(minutes=30)]) == ()


def test_nothing_is_left_of_it() -> None:
    therapist = a_therapist()
    version = Diary.objects.get(pk=therapist).version
    before = Event.objects.count()
    tried(therapist, starts_of(therapist))
    assert not Appointment.objects.exists()
    assert Event.objects.count() == before
    assert Diary.objects.get(pk=therapist).version == version


def test_a_hold_that_ran_out_stands_in_nobodys_way() -> None:
    therapist = a_therapist()
    held = a_hold(therapist)
    Appointment.objects.filter(pk=held.id).update(hold_expires_at=F("hold_expires_at") - timedelta(minutes=15))
    assert tried(therapist, [TOMORROW_NINE]) == ()


def test_what_the_database_refuses_is_named_and_the_next_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The diary is read as if nothing stood in it; the constraint knows better."""
    therapist = a_therapist()
    a_hold(therapist)
    empty = turns.take_turn

    def forgetful(therapist_id: int) -> DiaryPages:
        return replace(empty(therapist_id), taken=())

    monkeypatch.setattr(trying, "take_turn", forgetful)
    assert tried(therapist, [TOMORROW_NINE, TOMORROW_NINE + 2 * HOUR]) == (TOMORROW_NINE,)


def test_who_is_paused_has_nothing_to_give() -> None:
    therapist = a_therapist()
    Diary.objects.filter(pk=therapist).update(paused_until=NOW.date() + timedelta(days=30))
    assert tried(therapist, [TOMORROW_NINE]) == (TOMORROW_NINE,)


def test_without_a_diary_nothing_can_be_tried() -> None:
    with pytest.raises(api.NotTaking):
        tried(a_therapist_without_diary(), [TOMORROW_NINE])


def test_the_turn_is_waited_for_once() -> None:
    therapist = a_therapist()
    with CaptureQueriesContext(connection) as queries:
        tried(therapist, starts_of(therapist)[:6])
    assert sum("take_turn" in query["sql"] for query in queries) <= 1
