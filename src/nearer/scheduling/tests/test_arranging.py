"""Further appointments of clients who come already, and holds that wait for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from nearer.audit.models import Event
from nearer.foundation import clock
from nearer.scheduling import api
from nearer.scheduling.models import Appointment, Attendance, Diary
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
    a_therapist_without_diary,
)
from nearer.scheduling.tests.test_holding import expire

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def arranged(
    therapist_id: int,
    start: datetime = TOMORROW_NINE,
    *,
    client_ids: Sequence[int] = (),
    key: str = "k",
    until: datetime | None = None,
) -> api.AppointmentCard:
    return api.arrange(
        therapist_id=therapist_id,
        service="individual",
        modality="telehealth",
        location_id=None,
        start=start,
        length=HOUR,
        client_zone=NEW_YORK,
        client_ids=client_ids,
        key=key,
        now=NOW,
        until=until,
    )


def test_a_further_appointment_is_confirmed_at_once_and_is_no_intake() -> None:
    client = a_client()
    card = arranged(a_therapist(), client_ids=[client])
    assert (card.status, card.is_intake, card.confirmed_at, card.hold_expires_at) == ("confirmed", False, NOW, None)
    assert Attendance.objects.get(appointment_id=card.id).client_id == client
    assert Event.objects.get(subject=f"appointment:{card.id}").actor == f"client:{client}"


def test_a_further_appointment_may_wait_until_a_time_and_is_then_confirmed() -> None:
    until = clock.now() + 24 * HOUR
    card = arranged(a_therapist(), client_ids=[a_client()], until=until)
    assert (card.status, card.hold_expires_at) == ("held", until)
    assert api.confirm(appointment_id=card.id, now=NOW).status == "confirmed"


def test_pauses_and_limits_on_new_clients_keep_no_known_client_out() -> None:
    therapist = a_therapist(settings=replace(ROOMY, weekly_new_clients=0, caseload_limit=0, caseload_elsewhere=5))
    api.pause(therapist_id=therapist, until=date(2036, 1, 1), now=NOW)
    assert arranged(therapist).status == "confirmed"


def test_a_further_appointment_leaves_room_for_new_clients() -> None:
    therapist = a_therapist(settings=replace(ROOMY, weekly_new_clients=1, caseload_limit=1))
    arranged(therapist)
    assert a_hold(therapist, TOMORROW_NINE + HOUR).status == "held"


def test_who_is_known_may_book_half_a_year_ahead() -> None:
    therapist = a_therapist()
    assert arranged(therapist, TOMORROW_NINE + 84 * DAY - HOUR).status == "confirmed"
    with pytest.raises(api.OpeningTaken):
        arranged(therapist, TOMORROW_NINE + 200 * DAY - HOUR, key="too far")


@pytest.mark.parametrize(
    "start", [TOMORROW_NINE - HOUR, TOMORROW_NINE + timedelta(minutes=7), NOW + HOUR], ids=["early", "between", "today"]
)
def test_what_is_no_opening_is_not_arranged(start: datetime) -> None:
    with pytest.raises(api.OpeningTaken):
        arranged(a_therapist(), start)
    assert not Appointment.objects.exists()


def test_a_taken_time_is_not_arranged_and_an_arranged_one_is_taken() -> None:
    therapist = a_therapist()
    a_hold(therapist)
    with pytest.raises(api.OpeningTaken):
        arranged(therapist)
    arranged(therapist, TOMORROW_NINE + HOUR)
    with pytest.raises(api.OpeningTaken):
        a_hold(therapist, TOMORROW_NINE + HOUR)


def test_an_expired_hold_is_in_nobodys_way() -> None:
    therapist = a_therapist()
    expire(a_hold(therapist).id)
    assert arranged(therapist).status == "confirmed"


def test_a_client_who_is_busy_is_told_so_and_nothing_is_written() -> None:
    client = a_client()
    a_confirmed(a_therapist(), client_id=client)
    with pytest.raises(api.ClientBusy):
        arranged(a_therapist(), TOMORROW_NINE + HOUR / 2, client_ids=[a_client(), client])
    assert Appointment.objects.count() == 1


def test_two_clients_are_put_down_whichever_is_named_first() -> None:
    one, other = a_client(), a_client()
    card = arranged(a_therapist(), client_ids=[other, one, other])
    assert set(Attendance.objects.filter(appointment_id=card.id).values_list("client_id", flat=True)) == {one, other}


def test_the_same_key_twice_is_one_appointment_and_the_same_answer() -> None:
    therapist, client = a_therapist(), a_client()
    first = arranged(therapist, client_ids=[client])
    assert arranged(therapist, client_ids=[client]) == first
    assert Attendance.objects.count() == 1


def test_a_key_stands_for_one_thing() -> None:
    therapist, other = a_therapist(), a_therapist()
    arranged(therapist)
    with pytest.raises(api.KeyUsed):
        arranged(therapist, TOMORROW_NINE + HOUR)
    with pytest.raises(api.KeyUsed):
        arranged(other)
    with pytest.raises(api.KeyUsed):
        a_hold(therapist, key="k")


def test_a_key_is_good_again_once_its_appointment_was_cancelled() -> None:
    therapist = a_therapist()
    first = arranged(therapist)
    api.cancel(appointment_id=first.id, by="therapist", now=NOW)
    assert arranged(therapist).id != first.id


def test_without_a_diary_there_is_nothing_to_arrange() -> None:
    with pytest.raises(api.NotTaking):
        arranged(a_therapist_without_diary())


def test_the_database_refuses_an_appointment_without_a_diary() -> None:
    card = a_hold(a_therapist())
    for who in (a_therapist_without_diary(), 0):
        with pytest.raises(IntegrityError, match="an_appointment_is_in_a_diary"), transaction.atomic():
            Appointment.objects.filter(id=card.id).update(therapist_id=who)
    with pytest.raises(IntegrityError, match="an_appointment_is_in_a_diary"), transaction.atomic():
        Diary.objects.filter(therapist_id=card.therapist_id).delete()


def test_a_kept_hold_lasts_until_then_and_not_beyond_its_session() -> None:
    card = a_hold(a_therapist())
    until = clock.now() + 24 * HOUR
    assert api.keep(appointment_id=card.id, until=until, now=NOW).hold_expires_at == until
    kept = api.keep(appointment_id=card.id, until=TOMORROW_NINE + 9 * DAY, now=NOW)
    assert kept.hold_expires_at == TOMORROW_NINE


def test_a_kept_hold_is_still_in_the_way_and_can_be_confirmed_or_released() -> None:
    therapist = a_therapist()
    card, other = a_hold(therapist), a_hold(therapist, TOMORROW_NINE + HOUR)
    for each in (card, other):
        api.keep(appointment_id=each.id, until=clock.now() + 24 * HOUR, now=NOW)
    assert api.expire_holds() == 0
    assert api.confirm(appointment_id=card.id, now=NOW).status == "confirmed"
    api.release(appointment_id=other.id, now=NOW)
    assert a_hold(therapist, TOMORROW_NINE + HOUR).status == "held"


def test_a_hold_that_is_over_is_not_kept() -> None:
    expired, released = a_hold(a_therapist()), a_hold(a_therapist())
    expire(expired.id)
    api.release(appointment_id=released.id, now=NOW)
    for card in (expired, released):
        with pytest.raises(api.HoldExpired, match="the hold is over"):
            api.keep(appointment_id=card.id, until=NOW + HOUR, now=NOW)


def test_a_hold_is_not_kept_until_a_time_that_is_past() -> None:
    card = a_hold(a_therapist())
    with pytest.raises(api.HoldExpired):
        api.keep(appointment_id=card.id, until=clock.now(), now=NOW)
    assert api.appointment(card.id) == card
    with pytest.raises(api.HoldExpired):
        arranged(card.therapist_id, TOMORROW_NINE + HOUR, until=clock.now())


def test_an_appointment_is_not_kept_as_a_hold() -> None:
    with pytest.raises(api.NotAllowed, match="not held any more"):
        api.keep(appointment_id=a_confirmed(a_therapist()).id, until=NOW + HOUR, now=NOW)


def test_openings_for_a_known_client_are_those_that_can_be_arranged() -> None:
    therapist = a_therapist(settings=replace(ROOMY, caseload_limit=0))
    a_further = api.openings_for(therapist, length=HOUR, window=FORTNIGHT, client_zone=NEW_YORK, now=NOW, further=True)
    assert a_further[0].start == TOMORROW_NINE
    assert arranged(therapist, a_further[-1].start).session == a_further[-1]


def test_openings_for_a_new_client_are_those_that_anyone_sees() -> None:
    open_, full = a_therapist(), a_therapist(settings=replace(ROOMY, caseload_limit=0))
    for therapist in (open_, full, a_therapist_without_diary()):
        asked = {"length": HOUR, "window": FORTNIGHT, "client_zone": NEW_YORK, "now": NOW}
        everyone = api.openings({therapist: HOUR}, window=FORTNIGHT, client_zone=NEW_YORK, now=NOW)[therapist]
        assert api.openings_for(therapist, further=False, **asked) == everyone  # type: ignore[arg-type]


def test_a_further_appointment_moves_as_it_was_arranged_whatever_the_limits() -> None:
    therapist = a_therapist(settings=replace(ROOMY, weekly_new_clients=0, caseload_limit=0))
    card = arranged(therapist)
    offered = api.openings_to_move(card.id, window=FORTNIGHT, client_zone=NEW_YORK, now=NOW)
    moved = api.move(appointment_id=card.id, start=offered[-1].start, key="m", now=NOW)
    assert moved.session == offered[-1]
