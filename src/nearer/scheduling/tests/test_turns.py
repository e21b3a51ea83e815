"""The turn: what nobody changes while it lasts, and how long one waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from threading import Thread

import pytest
from django.db import connection, connections, transaction

from nearer.scheduling import api
from nearer.scheduling.operations import holding, turns
from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.rules.diary import DiaryPages
from nearer.scheduling.tests.rows import (
    HOUR,
    NEW_YORK,
    NINE_TO_FIVE,
    NOW,
    TOMORROW_NINE,
    a_client,
    a_confirmed,
    a_hold,
    a_therapist,
    a_therapist_without_diary,
)

pytestmark = pytest.mark.django_db(transaction=True)

#: Long enough for a write that nothing holds up.
A_MOMENT = 0.5
FAR_DAY = date(2035, 3, 30)

WRITES: dict[str, Callable[[int], None]] = {
    "hours": lambda therapist: api.set_hours(
        therapist_id=therapist, time_zone=NEW_YORK, hours=NINE_TO_FIVE[:5], settings=None, now=NOW
    ),
    "an exception": lambda therapist: api.add_exception(therapist_id=therapist, on=FAR_DAY, hours=[], now=NOW),
    "a pause": lambda therapist: api.pause(therapist_id=therapist, until=date(2035, 4, 1), now=NOW),
}


def beside(monkeypatch: pytest.MonkeyPatch, write: Callable[[], None]) -> list[Thread]:
    """Let another connection begin to write once the next hold has its turn, and go on after a moment."""
    put, begun = holding._put, []

    def write_and_put(*args: object, **kwargs: object) -> AppointmentCard:
        begun.append(Thread(target=_written, args=[write]))
        begun[-1].start()
        begun[-1].join(A_MOMENT)
        return put(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(holding, "_put", write_and_put)
    return begun


def _written(write: Callable[[], None]) -> None:
    try:
        write()
    finally:
        connections.close_all()


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_diary_that_is_written_during_a_turn_waits_for_its_end(
    write: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    therapist = a_therapist()
    begun = beside(monkeypatch, partial(write, therapist))
    with transaction.atomic():
        card = a_hold(therapist)
        held = api.versions()[therapist]  # read here: once this is committed, the other may be at any time
    begun[0].join()
    assert api.appointment(card.id).status == "held"
    assert api.versions()[therapist] != held


def test_a_diary_that_changed_within_the_turn_all_the_same_is_a_time_that_was_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    therapist = a_therapist()

    def read_too_early(therapist_id: int) -> DiaryPages:
        return replace(turns.take_turn(therapist_id), version=-1)

    monkeypatch.setattr(holding, "take_turn", read_too_early)
    with pytest.raises(api.OpeningTaken, match="just taken"), transaction.atomic():
        a_hold(therapist)


def test_how_long_a_booking_waits_is_no_concern_of_the_rest_of_its_transaction() -> None:
    therapist, client = a_therapist(), a_client()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '7s'")
        card = a_hold(therapist)
        api.attend(appointment_id=card.id, client_id=client, now=NOW)
        api.confirm(appointment_id=card.id, now=NOW)
        api.move(appointment_id=card.id, start=TOMORROW_NINE + HOUR, key="m", now=NOW)
        api.cancel(appointment_id=card.id, by="client", now=NOW)
        api.release(appointment_id=a_hold(therapist).id, now=NOW)
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("7s",)


@pytest.fixture
def _impatient(transactional_db: None) -> Iterator[None]:
    """Wait a tenth of a second instead of three."""
    _wait_for("100ms")
    yield
    _wait_for("3s")


def _wait_for(patience: str) -> None:
    with connection.cursor() as cursor:
        for name in ("take_turn", "take_appointment", "put_hold"):
            cursor.execute(f"ALTER FUNCTION scheduling_{name} SET lock_timeout = '{patience}'")


@contextmanager
def written_to(therapist: int) -> Iterator[None]:
    """Let somebody else write a diary for as long as the block lasts."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("UPDATE scheduling_diary SET caseload_limit = 7 WHERE therapist_id = %s", [therapist])
            yield
    finally:
        other.close()


@pytest.mark.usefixtures("_impatient")
def test_a_turn_that_does_not_come_is_a_time_that_was_taken() -> None:
    therapist = a_therapist()
    card = a_confirmed(therapist)
    acts: list[Callable[[], object]] = [
        partial(a_hold, therapist, TOMORROW_NINE + HOUR),
        transaction.atomic(partial(a_hold, therapist, TOMORROW_NINE + HOUR)),
        partial(api.cancel, appointment_id=card.id, by="client", now=NOW),
    ]
    with written_to(therapist):
        for act in acts:
            with pytest.raises(api.OpeningTaken):
                act()
    for act in acts[1:]:
        act()


def test_several_turns_are_taken_in_one_order_and_who_has_no_diary_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, without = a_therapist(), a_therapist(), a_therapist_without_diary()
    taken: list[int] = []
    take = turns.take_turn

    def noted(therapist_id: int) -> DiaryPages:
        taken.append(therapist_id)
        return take(therapist_id)

    monkeypatch.setattr(turns, "take_turn", noted)
    api.take_turns([without, other, one, other])
    assert taken == sorted([one, other, without])
