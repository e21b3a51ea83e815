"""Accepting, asking for another time, leaving and cancelling, in any order and at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Barrier, Thread
from time import sleep
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from nearer.care.models import Couple
from nearer.care.operations.couples import agreeing, leaving, messages, steps
from nearer.care.queries.couples.fitting import fitting
from nearer.care.queries.couples.pairs import pair
from nearer.care.rules.couples import ENDED, READY
from nearer.care.tests.couples_machine import LIVE, REFUSED, SITE, Stage, TwoPartners, a_stage, times_of
from nearer.foundation import clock
from nearer.matching.api import Match, NotMatched
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Appointment

#: How many random interleavings; NEARER_INTERLEAVINGS=1000 tries as many as are promised.
PROMISED = 1000
INTERLEAVINGS = int(os.environ.get("NEARER_INTERLEAVINGS", "30"))


@pytest.mark.django_db
def test_whatever_two_partners_do_no_hold_is_orphaned_nothing_booked_twice_and_nothing_told() -> None:
    TwoPartners.stage = a_stage()
    run_state_machine_as_test(
        TwoPartners,
        settings=settings(
            max_examples=INTERLEAVINGS,
            stateful_step_count=12,
            deadline=None,
            derandomize=INTERLEAVINGS < PROMISED,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_a_leak_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a version whose message names the other one's address is found out."""
    keep = messages.ended
    stage = TwoPartners.stage = a_stage()

    def talkative(row: object, *, site: str, now: object) -> None:
        keep(row, site=f"{site}/?asked-by=alex@first.example&or=sam@second.example", now=now)  # type: ignore[arg-type]

    monkeypatch.setattr(messages, "ended", talkative)
    machine = TwoPartners()
    leaving.leave(booking_id=stage.bookings[2], site=SITE, now=clock.now())
    with pytest.raises(AssertionError):
        machine.no_message_tells_one_of_the_other()
    machine.teardown()


@pytest.mark.django_db
def test_a_hold_left_behind_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a version that takes another time and keeps the one before is found out."""
    stage = TwoPartners.stage = a_stage()
    monkeypatch.setattr(scheduling, "release", lambda **_: None)
    machine = TwoPartners()
    machine.propose(2, 1, 5)
    with pytest.raises(AssertionError):
        machine.no_hold_is_left_behind()
    monkeypatch.undo()
    machine.teardown()
    assert stage


def at_once(*acts: Callable[[], object]) -> None:
    """Let each act begin at the same moment, in a thread and a connection of its own."""
    barrier = Barrier(len(acts))

    def go(act: Callable[[], object]) -> None:
        try:
            barrier.wait()
            with suppress(*REFUSED):
                act()
        finally:
            connection.close()

    threads = [Thread(target=go, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def proposes(stage: Stage, place: int, number: int) -> None:
    """Let one of them ask for one of the second therapist's times."""
    therapist = stage.for_two[1]
    agreeing.propose(
        booking_id=stage.bookings[place],
        npi=therapist.npi,
        modality="telehealth",
        start=times_of(therapist)[number].start,
        site=SITE,
        now=clock.now(),
    )


def raced(stage: Stage) -> None:
    """Let both act on what they saw: one says yes, the other asks for another time, and leaves."""
    proposes(stage, 2, 1)
    seen = Appointment.objects.get(status="held").pk
    yes = partial(agreeing.accept, booking_id=stage.bookings[1], appointment_id=seen, site=SITE, now=clock.now())
    no = partial(leaving.leave, booking_id=stage.bookings[2], site=SITE, now=clock.now())
    at_once(yes, lambda: proposes(stage, 2, 5), no, yes)


def is_sound(stage: Stage) -> bool:
    couple = Couple.objects.get(pk=stage.couple_id)
    rows = list(couple.bookings.all())
    live = list(Appointment.objects.filter(status__in=LIVE))
    one = len({row.appointment_id for row in rows}) == 1
    if couple.status == READY:
        return one and [each.pk for each in live] == [rows[0].appointment_id] and live[0].status == "confirmed"
    return one and couple.status == ENDED and not live


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(4))
def test_all_at_once_in_the_database_one_of_them_wins(turn: int) -> None:
    stage = a_stage()
    raced(stage)
    leaving.leave(booking_id=stage.bookings[1], site=SITE, now=clock.now())
    assert is_sound(stage), turn


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "control: not locked"])
def test_two_proposals_at_once_leave_one_hold_and_without_the_lock_they_would_leave_two(
    monkeypatch: pytest.MonkeyPatch,
    is_locked: bool,
) -> None:
    stage = a_stage()
    keep = fitting

    def slowly(*args: Any) -> Match | NotMatched:
        found = keep(*args)
        sleep(0.3)
        return found

    monkeypatch.setattr(agreeing, "fitting", slowly)
    if not is_locked:
        monkeypatch.setattr(steps, "locked_pair", pair)
    at_once(lambda: proposes(stage, 2, 2), lambda: proposes(stage, 2, 8))
    assert Appointment.objects.filter(status__in=LIVE).count() == (1 if is_locked else 2)
