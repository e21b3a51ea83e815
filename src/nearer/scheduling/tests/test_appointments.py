"""What becomes of an appointment, and who attends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from nearer.audit.models import Event
from nearer.scheduling import api
from nearer.scheduling.models import Attendance, Move
from nearer.scheduling.tests.rows import (
    FORTNIGHT,
    HOUR,
    NEW_YORK,
    NOW,
    ROOMY,
    TOMORROW_NINE,
    a_client,
    a_confirmed,
    a_hold,
    a_therapist,
    starts_of,
)
from nearer.scheduling.tests.test_holding import expire

pytestmark = pytest.mark.django_db

AFTERWARDS = TOMORROW_NINE + 2 * HOUR


def test_a_confirmed_hold_expires_no_more() -> None:
    card = a_confirmed(a_therapist())
    assert (card.status, card.hold_expires_at, card.confirmed_at) == ("confirmed", None, NOW)
    assert api.expire_holds() == 0


def test_confirming_twice_is_one_confirmation_and_the_same_answer() -> None:
    card = a_confirmed(a_therapist())
    assert api.confirm(appointment_id=card.id, now=AFTERWARDS) == card
    assert Event.objects.filter(subject=f"appointment:{card.id}", action="confirm").count() == 1


def test_an_expired_hold_can_not_be_confirmed_whether_or_not_it_was_released() -> None:
    card = a_hold(a_therapist())
    expire(card.id)
    for _ in range(2):
        with pytest.raises(api.HoldExpired, match="the hold is over"):
            api.confirm(appointment_id=card.id, now=NOW)
        api.expire_holds()
    with pytest.raises(api.HoldExpired):
        api.attend(appointment_id=card.id, client_id=a_client(), now=NOW)


def test_an_appointment_that_is_not_there_is_said_to_be_unknown() -> None:
    for act in (api.confirm, api.release, api.complete, api.miss):
        with pytest.raises(api.AppointmentUnknown):
            act(appointment_id=1, now=NOW)
    with pytest.raises(api.AppointmentUnknown):
        api.appointment(1)


def test_attendance_follows_its_appointment_in_time_and_status() -> None:
    card = a_confirmed(a_therapist())
    moved = api.move(appointment_id=card.id, start=TOMORROW_NINE + HOUR, key="m", now=NOW)
    api.cancel(appointment_id=card.id, by="client", now=NOW)
    attendance = Attendance.objects.get(appointment_id=card.id)
    assert (attendance.session.lower, attendance.status) == (moved.session.start, "cancelled")


def test_attendance_can_not_stray_from_its_appointment() -> None:
    a_confirmed(a_therapist())
    with pytest.raises(IntegrityError, match="an_attendance_follows_its_appointment"), transaction.atomic():
        Attendance.objects.update(status="cancelled")


def test_a_client_attends_once_and_asking_twice_is_asking() -> None:
    card, client = a_hold(a_therapist()), a_client()
    api.attend(appointment_id=card.id, client_id=client, now=NOW)
    api.attend(appointment_id=card.id, client_id=client, now=NOW)
    assert Attendance.objects.count() == 1


def test_two_clients_attend_one_appointment() -> None:
    card = a_hold(a_therapist())
    for client in (a_client(), a_client()):
        api.attend(appointment_id=card.id, client_id=client, now=NOW)
    assert api.confirm(appointment_id=card.id, now=NOW).status == "confirmed"
    assert set(Attendance.objects.values_list("status", flat=True)) == {"confirmed"}


def test_a_client_is_never_in_two_places() -> None:
    client = a_client()
    a_confirmed(a_therapist(), client_id=client)
    other = a_hold(a_therapist(), TOMORROW_NINE + HOUR / 2)
    with pytest.raises(api.ClientBusy, match="already have an appointment"):
        api.attend(appointment_id=other.id, client_id=client, now=NOW)


def test_a_client_may_go_from_one_appointment_to_the_next() -> None:
    client = a_client()
    a_confirmed(a_therapist(), client_id=client)
    assert a_confirmed(a_therapist(), TOMORROW_NINE + HOUR, client_id=client).status == "confirmed"


def test_a_client_is_never_moved_into_another_appointment_of_theirs() -> None:
    client = a_client()
    a_confirmed(a_therapist(), client_id=client)
    other = a_confirmed(a_therapist(), TOMORROW_NINE + 3 * HOUR, client_id=client)
    with pytest.raises(api.OpeningTaken):
        api.move(appointment_id=other.id, start=TOMORROW_NINE + HOUR / 2, key="m", now=NOW)
    assert api.appointment(other.id) == other


@pytest.mark.parametrize("by", ["client", "therapist", "operator"])
def test_a_cancellation_says_by_whom_and_frees_the_time(by: str) -> None:
    therapist = a_therapist()
    card = a_confirmed(therapist)
    cancelled = api.cancel(appointment_id=card.id, by=by, now=NOW)
    assert (cancelled.status, cancelled.cancelled_by, cancelled.ended_at) == ("cancelled", by, NOW)
    assert cancelled.sequence == card.sequence + 1
    assert TOMORROW_NINE in starts_of(therapist)
    assert api.cancel(appointment_id=card.id, by=by, now=AFTERWARDS) == cancelled


def test_what_has_begun_is_neither_cancelled_nor_moved() -> None:
    card = a_confirmed(a_therapist())
    with pytest.raises(api.NotAllowed, match="already begun"):
        api.cancel(appointment_id=card.id, by="client", now=AFTERWARDS)
    with pytest.raises(api.NotAllowed):
        api.move(appointment_id=card.id, start=TOMORROW_NINE + timedelta(days=1), key="m", now=AFTERWARDS)


def test_a_session_is_completed_or_missed_only_once_it_has_begun() -> None:
    done, missed = a_confirmed(a_therapist()), a_confirmed(a_therapist())
    for act in (api.complete, api.miss):
        with pytest.raises(api.NotAllowed, match="not begun"):
            act(appointment_id=done.id, now=NOW)
    assert api.complete(appointment_id=done.id, now=AFTERWARDS).status == "completed"
    assert api.complete(appointment_id=done.id, now=AFTERWARDS).ended_at == AFTERWARDS
    assert api.miss(appointment_id=missed.id, now=AFTERWARDS).status == "no_show"
    with pytest.raises(api.NotAllowed):
        api.miss(appointment_id=done.id, now=AFTERWARDS)


def test_a_client_does_not_complete_their_own_session() -> None:
    card = a_confirmed(a_therapist())
    with pytest.raises(api.NotAllowed):
        api.complete(appointment_id=card.id, by="client", now=AFTERWARDS)


def test_a_move_keeps_the_appointment_and_raises_its_sequence() -> None:
    therapist = a_therapist()
    card = a_confirmed(therapist)
    moved = api.move(appointment_id=card.id, start=TOMORROW_NINE + HOUR / 2, key="m", now=NOW)
    assert (moved.id, moved.sequence, moved.session.length) == (card.id, card.sequence + 1, HOUR)
    assert api.move(appointment_id=card.id, start=TOMORROW_NINE + HOUR / 2, key="m", now=NOW) == moved
    assert Move.objects.count() == 1
    assert TOMORROW_NINE not in starts_of(therapist)
    assert TOMORROW_NINE + timedelta(hours=1, minutes=30) in starts_of(therapist)


def test_a_key_moves_once() -> None:
    card = a_confirmed(a_therapist())
    api.move(appointment_id=card.id, start=TOMORROW_NINE + HOUR, key="m", now=NOW)
    api.move(appointment_id=card.id, start=TOMORROW_NINE + 2 * HOUR, key="n", now=NOW)
    with pytest.raises(api.KeyUsed):
        api.move(appointment_id=card.id, start=TOMORROW_NINE, key="m", now=NOW)
    late = api.move(appointment_id=card.id, start=TOMORROW_NINE + HOUR, key="m", now=NOW)
    assert late.session.start == TOMORROW_NINE + 2 * HOUR


def test_an_appointment_is_moved_to_openings_alone() -> None:
    therapist = a_therapist()
    card = a_confirmed(therapist)
    a_hold(therapist, TOMORROW_NINE + 2 * HOUR)
    with pytest.raises(api.OpeningTaken):
        api.move(appointment_id=card.id, start=TOMORROW_NINE + 2 * HOUR, key="m", now=NOW)


def test_a_pause_and_a_full_caseload_keep_nobody_from_moving() -> None:
    therapist = a_therapist(settings=api.DiarySettings(caseload_limit=1, weekly_new_clients=1, buffer_after_minutes=0))
    card = a_confirmed(therapist)
    api.pause(therapist_id=therapist, until=date(2036, 1, 1), now=NOW)
    assert starts_of(therapist) == []
    offered = api.openings_to_move(card.id, window=FORTNIGHT, client_zone=NEW_YORK, now=NOW)
    assert card.session not in offered
    assert len(offered) > 10
    moved = api.move(appointment_id=card.id, start=offered[0].start, key="m", now=NOW, client_zone=NEW_YORK)
    assert moved.session == offered[0]


def test_a_hold_is_not_moved() -> None:
    card = a_hold(a_therapist(settings=ROOMY))
    with pytest.raises(api.NotAllowed):
        api.move(appointment_id=card.id, start=TOMORROW_NINE + HOUR, key="m", now=NOW)


def test_each_act_is_written_down_with_who_did_it() -> None:
    therapist, client = a_therapist(), a_client()
    card = a_confirmed(therapist, client_id=client)
    api.complete(appointment_id=card.id, now=AFTERWARDS)
    written = Event.objects.filter(subject=f"appointment:{card.id}").order_by("id").values_list("actor", "action")
    assert list(written) == [
        ("visitor", "hold"),
        (f"client:{client}", "attend"),
        (f"client:{client}", "confirm"),
        (f"therapist:{therapist}", "completed"),
    ]
