"""Several workers offer at once, people answer at once: nobody is offered what another holds, and the order holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from nearer.care.models import Offer, Wait
from nearer.care.operations import waiting
from nearer.care.operations.waiting import offering
from nearer.care.queries.waiting import WaitUnknown, line
from nearer.care.rules.answers import Answers, payload
from nearer.care.rules.waiting import FIRST, OPEN
from nearer.care.tests.builders import someone_free
from nearer.directory.models import Therapist
from nearer.foundation import clock
from nearer.matching.api import project_stale
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Appointment
from nearer.scheduling.tests.races import race

ANSWERS = Answers(who="me", jurisdiction="MA", zone="America/New_York", seed=1, complete=True)


@pytest.fixture(autouse=True)
def _by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offering, "may_be_woken", lambda _now, _zone: True)


def someone_with(hours: int) -> Therapist:
    """Write someone with so many openings in the next days, all on one day."""
    therapist = someone_free()
    day = (clock.now().astimezone(ZoneInfo("America/New_York")) + timedelta(days=2)).weekday()
    scheduling.set_hours(
        therapist_id=therapist.pk,
        time_zone="America/New_York",
        hours=[scheduling.WeeklyHours(weekday=day, start_minute=600, end_minute=600 + 60 * hours)],
        settings=scheduling.DiarySettings(
            horizon_days=5, buffer_after_minutes=0, increment_minutes=60, weekly_new_clients=99
        ),
        now=clock.now(),
    )
    project_stale(now=clock.now())
    return therapist


def in_line(number: int) -> Wait:
    """Put somebody in the line, the larger number behind the smaller."""
    now = clock.now()
    row = Wait(
        kind=FIRST,
        address_index=str(number),
        language="en",
        time_zone="America/New_York",
        created_at=now,
        proven_at=now,
        turn_at=now + timedelta(milliseconds=number),
        expires_at=now + timedelta(days=30),
    )
    row.email = f"person{number}@example.org"
    row.wanted = json.dumps({"answers": payload(ANSWERS), "service": "individual"})
    row.save()
    return row


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_three_workers_offer_four_openings_to_the_first_four_of_six() -> None:
    someone_with(4)
    places = [in_line(number) for number in range(6)]
    now = clock.now()
    outcome = race([lambda: waiting.offer_all(now=now)] * 3)
    assert outcome == Counter(done=3)
    offered = Offer.objects.order_by("offered_at")
    assert {offer.wait_id for offer in offered} == {place.pk for place in places[:4]}
    assert len({offer.start for offer in offered}) == 4
    assert Appointment.objects.filter(status="held").count() == 4


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_taking_passing_and_leaving_at_once_end_in_one_of_them() -> None:
    someone_with(1)
    place = in_line(1)
    waiting.offer_all(now=clock.now())
    now = clock.now()
    acts = [
        lambda: swallow(lambda: waiting.take(wait_id=place.pk, site="https://x.example", now=now)),
        lambda: swallow(lambda: waiting.pass_on(wait_id=place.pk, now=now)),
        lambda: swallow(lambda: waiting.leave(wait_id=place.pk, now=now)),
    ]
    Random(3).shuffle(acts)
    assert race(acts) == Counter(done=3)
    held = Appointment.objects.filter(status="held").count()
    assert held in {0, 1}
    assert not Offer.objects.filter(outcome=OPEN).exists()


def swallow(act: Callable[[], object]) -> None:
    """Do it; that another was faster is one of the answers."""
    try:
        act()
    except (scheduling.Refused, WaitUnknown):
        return


class WaitingList(RuleBasedStateMachine):
    """People who come, take, pass, keep silent and leave, in any order, over a real database."""

    @initialize()
    def begin(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT one_run")
        self.therapist = someone_with(3)
        self.number = 0

    @rule()
    def somebody_joins(self) -> None:
        self.number += 1
        in_line(self.number)

    @rule()
    def the_worker_runs(self) -> None:
        project_stale(now=clock.now())
        Wait.objects.update(mark="")
        before = [each.id for each in line(clock.now())]
        made = waiting.offer_all(now=clock.now())
        offered = set(Offer.objects.filter(outcome=OPEN).values_list("wait_id", flat=True))
        fresh = [each for each in before if each in offered]
        assert len(fresh) == made
        passed_over = [each for each in before[: before.index(fresh[-1])] if each not in offered] if fresh else []
        for each in passed_over:  # only who has had every opening there is was passed over
            assert Offer.objects.filter(wait_id=each).exists()

    @precondition(lambda self: Offer.objects.filter(outcome=OPEN).exists())
    @rule(act=st.sampled_from(["take", "pass_on", "leave", "silence"]), which=st.integers(0, 9))
    def somebody_answers(self, act: str, which: int) -> None:
        found = list(Offer.objects.filter(outcome=OPEN).order_by("offered_at", "pk"))
        offer = found[which % len(found)]
        if act == "take":
            waiting.take(wait_id=offer.wait_id, site="https://x.example", now=clock.now())
        elif act == "silence":
            Offer.objects.filter(pk=offer.pk).update(until=clock.now())
            waiting.end_what_is_over(now=clock.now())
        else:
            getattr(waiting, act)(wait_id=offer.wait_id, now=clock.now())

    @invariant()
    def every_open_offer_is_held_for_one_alone(self) -> None:
        found = Offer.objects.filter(outcome=OPEN).select_related("appointment")
        assert all(offer.appointment.status == "held" for offer in found)
        assert len({offer.appointment_id for offer in found}) == len(found)
        orphans = Appointment.objects.filter(status="held").exclude(pk__in=[offer.appointment_id for offer in found])
        assert all(held.hold_expires_at is not None for held in orphans)  # taken, by someone who now registers

    def teardown(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO SAVEPOINT one_run")


@pytest.mark.django_db
def test_whatever_people_do_an_opening_is_held_for_one_and_nobody_is_overlooked() -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    few = how(max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=quiet)
    run_state_machine_as_test(WaitingList, settings=few)
