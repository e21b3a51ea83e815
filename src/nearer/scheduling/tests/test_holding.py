"""Holding an opening: once, for a quarter of an hour, and never what is no opening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, LiteralString

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from nearer.audit.models import Event
from nearer.foundation import clock
from nearer.scheduling import api
from nearer.scheduling.models import Appointment
from nearer.scheduling.operations import holding, turns
from nearer.scheduling.rules.diary import DiaryPages
from nearer.scheduling.tests.builders import FIVE, every_day
from nearer.scheduling.tests.rows import (
    HOUR,
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


def expire(appointment_id: int) -> None:
    """Make a hold's time be over."""
    Appointment.objects.filter(id=appointment_id).update(hold_expires_at=F("hold_expires_at") - timedelta(minutes=15))


def test_a_held_opening_is_no_opening_any_more() -> None:
    therapist = a_therapist()
    card = a_hold(therapist)
    assert card == api.appointment(card.id)
    assert card.session.start == TOMORROW_NINE
    assert TOMORROW_NINE not in starts_of(therapist)
    assert TOMORROW_NINE + HOUR in starts_of(therapist)
    with pytest.raises(api.OpeningTaken, match="just taken"):
        a_hold(therapist)


def test_a_hold_lasts_a_quarter_of_an_hour_of_the_databases_time() -> None:
    card = a_hold(a_therapist())
    assert card.hold_expires_at is not None
    left = card.hold_expires_at - clock.now()
    assert timedelta(minutes=14) < left <= timedelta(minutes=15)


@pytest.mark.parametrize(
    "start",
    [
        TOMORROW_NINE - HOUR,  # before the hours
        TOMORROW_NINE + timedelta(minutes=7),  # between two starts
        TOMORROW_NINE + timedelta(hours=7, minutes=30),  # would end after the hours
        NOW + HOUR,  # today
        TOMORROW_NINE + timedelta(days=60),  # beyond the horizon
    ],
)
def test_a_posted_time_that_is_no_opening_is_refused(start: datetime) -> None:
    therapist = a_therapist()
    with pytest.raises(api.OpeningTaken):
        a_hold(therapist, start)
    assert not Appointment.objects.exists()


def test_buffers_belong_to_the_time_that_is_taken() -> None:
    therapist = a_therapist(settings=replace(ROOMY, buffer_before_minutes=5, buffer_after_minutes=10))
    card = a_hold(therapist)
    during = Appointment.objects.get(id=card.id).during
    assert during.lower == TOMORROW_NINE - timedelta(minutes=5)
    assert during.upper == TOMORROW_NINE + HOUR + timedelta(minutes=10)
    with pytest.raises(api.OpeningTaken):
        a_hold(therapist, TOMORROW_NINE + HOUR)


def test_the_same_key_twice_is_one_hold_and_the_same_answer() -> None:
    therapist = a_therapist(settings=replace(ROOMY, weekly_new_clients=1))
    assert a_hold(therapist, key="k") == a_hold(therapist, key="k")
    assert Appointment.objects.count() == 1


def test_the_same_key_for_another_opening_is_refused() -> None:
    therapist, other = a_therapist(), a_therapist()
    a_hold(therapist, key="k")
    with pytest.raises(api.KeyUsed):
        a_hold(therapist, TOMORROW_NINE + HOUR, key="k")
    with pytest.raises(api.KeyUsed):
        a_hold(other, key="k")
    assert Appointment.objects.count() == 1


def test_a_key_is_good_again_once_its_hold_was_released() -> None:
    therapist = a_therapist()
    first = a_hold(therapist, key="k")
    api.release(appointment_id=first.id, now=NOW)
    assert a_hold(therapist, key="k").id != first.id


def test_a_key_is_good_again_once_its_appointment_was_cancelled() -> None:
    """Nobody is handed a cancelled appointment as the hold they ask for."""
    therapist = a_therapist()
    first = a_hold(therapist, key="k")
    api.confirm(appointment_id=first.id, now=NOW)
    api.cancel(appointment_id=first.id, by="client", now=NOW)
    again = a_hold(therapist, key="k")
    assert (again.id != first.id, again.status) == (True, "held")
    assert api.appointment(first.id).status == "cancelled"


def test_a_session_that_took_place_is_not_handed_back_as_a_hold() -> None:
    therapist = a_therapist()
    first = a_hold(therapist, key="k")
    api.confirm(appointment_id=first.id, now=NOW)
    api.complete(appointment_id=first.id, now=TOMORROW_NINE)
    with pytest.raises(api.KeyUsed):
        a_hold(therapist, key="k")


def test_a_released_time_is_open_again_and_releasing_twice_is_releasing() -> None:
    therapist = a_therapist()
    card = a_hold(therapist)
    api.release(appointment_id=card.id, now=NOW)
    api.release(appointment_id=card.id, now=NOW)
    assert api.appointment(card.id).status == "released"
    assert TOMORROW_NINE in starts_of(therapist)


def test_a_confirmed_appointment_is_not_released() -> None:
    card = a_confirmed(a_therapist())
    with pytest.raises(api.NotAllowed):
        api.release(appointment_id=card.id, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_an_expired_hold_is_open_to_look_at_and_to_hold() -> None:
    therapist = a_therapist()
    first = a_hold(therapist)
    expire(first.id)
    assert TOMORROW_NINE in starts_of(therapist)
    second = a_hold(therapist)
    assert api.appointment(first.id).status == "released"
    assert api.appointment(second.id).status == "held"


@pytest.mark.django_db(transaction=True)
def test_a_key_whose_hold_has_expired_holds_anew() -> None:
    therapist = a_therapist()
    first = a_hold(therapist, key="k")
    expire(first.id)
    second = a_hold(therapist, key="k")
    assert second.id != first.id
    assert second == api.appointment(second.id)
    assert second.hold_expires_at is not None
    assert second.hold_expires_at > clock.now()


def test_expired_holds_are_released_by_the_clock_and_their_diaries_told() -> None:
    therapist, other = a_therapist(), a_therapist()
    expired, standing = a_hold(therapist), a_hold(other)
    expire(expired.id)
    before = api.versions()
    assert api.expire_holds() == 1
    assert api.appointment(expired.id).status == "released"
    assert api.appointment(standing.id).status == "held"
    after = api.versions()
    assert after[therapist] != before[therapist]
    assert after[other] == before[other]


def test_a_paused_therapist_takes_nobody() -> None:
    therapist = a_therapist()
    api.pause(therapist_id=therapist, until=date(2035, 4, 1), now=NOW)
    assert starts_of(therapist) == []
    with pytest.raises(api.NotTaking, match="not taking new clients"):
        a_hold(therapist)


def test_a_therapist_without_a_diary_takes_nobody() -> None:
    with pytest.raises(api.NotTaking):
        a_hold(a_therapist_without_diary())


def test_a_full_week_takes_nobody_and_the_next_does() -> None:
    therapist = a_therapist(settings=replace(ROOMY, weekly_new_clients=1))
    a_hold(therapist)
    with pytest.raises(api.NotTaking, match="in that week"):
        a_hold(therapist, TOMORROW_NINE + timedelta(days=1))
    a_hold(therapist, TOMORROW_NINE + timedelta(days=7) - HOUR)  # summer time has begun


def test_a_full_caseload_takes_nobody() -> None:
    therapist = a_therapist(settings=replace(ROOMY, caseload_limit=3, caseload_elsewhere=2))
    a_hold(therapist)
    with pytest.raises(api.NotTaking, match="not taking new clients"):
        a_hold(therapist, TOMORROW_NINE + timedelta(days=7))


def test_every_hold_is_written_down_once() -> None:
    therapist = a_therapist()
    card = a_hold(therapist, key="k")
    a_hold(therapist, key="k")
    assert Event.objects.filter(subject=f"appointment:{card.id}", action="hold").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_hold_asks_the_database_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the diary; write the hold and that it was made."""
    therapist, asked = a_therapist(), []
    execute = psycopg.Cursor.execute

    def counted(cursor: psycopg.Cursor[Any], statement: LiteralString, *args: Any, **kwargs: Any) -> object:
        asked.append(statement)
        return execute(cursor, statement, *args, **kwargs)

    monkeypatch.setattr(psycopg.Cursor, "execute", counted)
    a_hold(therapist)
    assert len(asked) == 2


def after_reading(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> None:
    """Let the diary change between the next hold's reading of it and its writing."""
    read = turns.read_diary

    def read_and_change(therapist_id: int) -> DiaryPages:
        pages = read(therapist_id)
        monkeypatch.setattr(holding, "read_diary", read)
        change()
        return pages

    monkeypatch.setattr(holding, "read_diary", read_and_change)


@pytest.mark.django_db(transaction=True)
def test_an_opening_that_is_taken_while_one_decides_is_not_held_again(monkeypatch: pytest.MonkeyPatch) -> None:
    therapist = a_therapist()
    after_reading(monkeypatch, lambda: a_hold(therapist, TOMORROW_NINE + HOUR / 2))
    with pytest.raises(api.OpeningTaken):
        a_hold(therapist)


@pytest.mark.django_db(transaction=True)
def test_a_day_off_that_is_entered_while_one_decides_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    therapist, tomorrow = a_therapist(), date(2035, 3, 6)
    after_reading(monkeypatch, lambda: api.add_exception(therapist_id=therapist, on=tomorrow, hours=[], now=NOW))
    with pytest.raises(api.OpeningTaken):
        a_hold(therapist)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_leaves_the_opening_open_does_not_lose_it(monkeypatch: pytest.MonkeyPatch) -> None:
    therapist = a_therapist()
    after_reading(monkeypatch, lambda: a_hold(therapist, TOMORROW_NINE + 3 * HOUR))
    assert a_hold(therapist).status == "held"


def test_two_sessions_of_a_therapist_never_overlap_whoever_writes_them() -> None:
    therapist = a_therapist()
    a_hold(therapist)
    with pytest.raises(IntegrityError, match="a_therapist_is_in_one_place_at_a_time"), transaction.atomic():
        _insert_beside(therapist)


def _insert_beside(therapist: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO scheduling_appointment (id, therapist_id, service, modality, session, during, is_intake,
                   status, hold_key, created_at, cancelled_by, sequence)
               SELECT 1, therapist_id, service, modality, tstzrange(s, s + '1 hour'), tstzrange(s, s + '1 hour'),
                   true, 'confirmed', 'another', created_at, '', 0
               FROM scheduling_appointment, LATERAL (SELECT lower(session) + INTERVAL '15 minutes' AS s) AS shifted
               WHERE therapist_id = %s""",
            [therapist],
        )


def test_the_lead_is_counted_in_both_peoples_zones() -> None:
    """At eight in New York it is still today for a client in Guam, who must wait for their own tomorrow at nine."""
    therapist = a_therapist(hours=every_day(8 * 60, FIVE))
    eight = TOMORROW_NINE - HOUR
    with pytest.raises(api.OpeningTaken):
        a_hold(therapist, eight, client_zone="Pacific/Guam")
    with pytest.raises(api.OpeningTaken):  # in Shanghai it will be tomorrow in an hour; here it is still today
        a_hold(therapist, NOW + 2 * HOUR, client_zone="Asia/Shanghai")
    assert a_hold(therapist, eight).session.start == eight
    assert a_hold(therapist, TOMORROW_NINE, client_zone="Pacific/Guam").session.start == TOMORROW_NINE
