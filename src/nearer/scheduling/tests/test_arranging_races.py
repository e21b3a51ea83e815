"""Further appointments and kept holds beside everybody else who wants the same time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from nearer.foundation import clock
from nearer.scheduling import api
from nearer.scheduling.models import Appointment, Attendance
from nearer.scheduling.tests.races import race, without_the_guards
from nearer.scheduling.tests.rows import HOUR, NOW, TOMORROW_NINE, a_client, a_hold, a_therapist
from nearer.scheduling.tests.test_arranging import arranged
from nearer.scheduling.tests.test_races import deadlocks, overlaps

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

WEEK = timedelta(days=7)


def racers_for_one_time() -> list[Callable[[], object]]:
    """Return racers of whom half hold a time as new clients, and half arrange it as known ones."""
    therapist = a_therapist()
    arranging = [partial(arranged, therapist, client_ids=[a_client()], key=f"{n}") for n in range(8)]
    return [*arranging, *(partial(a_hold, therapist) for _ in range(8))]


@pytest.mark.parametrize("_round", range(3))
def test_a_time_that_is_held_and_arranged_at_once_has_one_winner(_round: int) -> None:
    before = deadlocks()
    assert race(racers_for_one_time()) == {"done": 1, "OpeningTaken": 15}
    assert overlaps() == 0
    assert deadlocks() == before


def test_the_same_race_without_lock_and_constraint_has_double_bookings() -> None:
    """The control: where this fails, the race above proves nothing."""
    with without_the_guards():
        assert max(race(racers_for_one_time())["done"] for _ in range(5)) > 1
        assert overlaps() > 0


def test_one_key_arranged_many_times_at_once_is_one_appointment() -> None:
    therapist, client = a_therapist(), a_client()
    answers: list[api.AppointmentCard] = []
    ended = race([lambda: answers.append(arranged(therapist, client_ids=[client]))] * 12)
    assert ended == {"done": 12}
    assert len(set(answers)) == 1
    assert Attendance.objects.count() == 1


def test_one_key_arranged_with_two_therapists_at_once_is_one_appointment() -> None:
    therapists = [a_therapist(), a_therapist()]
    ended = race([partial(arranged, therapists[racer % 2]) for racer in range(12)])
    assert ended == {"done": 6, "KeyUsed": 6}
    assert Appointment.objects.count() == 1


def test_two_couples_that_share_their_members_are_put_down_without_a_deadlock() -> None:
    """Each names its members in another order, with another therapist; whoever comes second is busy."""
    one, other = a_client(), a_client()
    therapists = [a_therapist() for _ in range(8)]
    before = deadlocks()
    ended = race(
        [
            partial(arranged, therapist, client_ids=[one, other] if n % 2 else [other, one], key=f"{n}")
            for n, therapist in enumerate(therapists)
        ]
    )
    assert ended["done"] == 1
    assert ended["ClientBusy"] + ended["OpeningTaken"] == 7
    assert deadlocks() == before


def test_whole_series_at_once_take_each_time_once() -> None:
    therapist = a_therapist()

    @transaction.atomic
    def series(racer: int) -> None:
        client = a_client()
        for week in range(4):
            arranged(therapist, TOMORROW_NINE + HOUR + week * WEEK, client_ids=[client], key=f"{racer} {week}")

    before = deadlocks()
    starts_before_dst_ends = Appointment.objects.count()
    ended = race([partial(series, racer) for racer in range(6)])
    assert (ended["done"], starts_before_dst_ends) == (1, 0)
    assert Appointment.objects.count() == 4
    assert deadlocks() == before


def test_a_hold_that_is_kept_while_others_want_it_stays_whose_it_is() -> None:
    therapist = a_therapist()
    card = a_hold(therapist)
    keep = partial(api.keep, appointment_id=card.id, until=clock.now() + 24 * HOUR, now=NOW)
    ended = race([*(keep for _ in range(4)), *(partial(a_hold, therapist) for _ in range(6)), api.expire_holds])
    assert ended == {"done": 5, "OpeningTaken": 6}
    assert api.confirm(appointment_id=card.id, now=NOW).status == "confirmed"
