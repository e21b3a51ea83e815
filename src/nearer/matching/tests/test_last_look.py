"""Promise 1: whoever the database no longer supports is not shown, however stale the projection."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from nearer.directory.api import PlanUnknown
from nearer.directory.models import Contract, Licence, Plan, Service, Therapist, Trait
from nearer.directory.tests.builders import a_therapist
from nearer.matching.tests.builders import (
    NEW_YORK,
    NOW,
    a_diary,
    a_network_and_plan,
    asked,
    ids,
    must,
    projected,
    someone_free,
)
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Diary, Hours

pytestmark = pytest.mark.django_db
HERE = ZoneInfo(NEW_YORK)

STALE = {
    "the licence was suspended": lambda who: Licence.objects.filter(therapist=who).update(status="suspended"),
    "the licence has expired": lambda who: Licence.objects.filter(therapist=who).update(expires_on=NOW.date()),
    "the contract has ended": lambda who: Contract.objects.filter(therapist=who).update(ends_on=NOW.date()),
    "the service was withdrawn": lambda who: Service.objects.filter(therapist=who).delete(),
    "nobody new is taken": lambda who: Therapist.objects.filter(pk=who.pk).update(accepting=False),
    "the therapist was removed": lambda who: Therapist.objects.filter(pk=who.pk).update(removed_on=NOW.date()),
    "the therapist paused": lambda who: Diary.objects.filter(pk=who.pk).update(paused_until=date(2027, 1, 1)),
    "the caseload is full": lambda who: Diary.objects.filter(pk=who.pk).update(caseload_limit=0),
    "the hours are gone": lambda who: Hours.objects.filter(diary_id=who.pk).delete(),
    "a must is no longer stated": lambda who: Trait.objects.filter(therapist=who).delete(),
}


@pytest.mark.parametrize("change", STALE.values(), ids=STALE)
def test_who_cannot_be_held_is_never_shown_however_stale_the_projection(change: Any) -> None:
    network, plan_id = a_network_and_plan()
    facts = {"networks": [network], "traits": {"language": ["es"]}}
    changed, stays = someone_free(**facts), someone_free(**facts)
    projected()
    wishes = (must("language", "es"),)
    assert ids(asked(plan_id=plan_id, wishes=wishes)) == {changed.pk, stays.pk}
    change(changed)
    assert ids(asked(plan_id=plan_id, wishes=wishes)) == {stays.pk}


def test_a_time_is_shown_only_on_days_on_which_every_fact_stands() -> None:
    network, plan_id = a_network_and_plan()
    therapist = someone_free(networks=[network])
    Contract.objects.filter(therapist=therapist).update(ends_on=date(2026, 11, 26))
    projected()
    (match,) = asked(plan_id=plan_id).matches
    assert {opening.start.astimezone(HERE).date().day for opening in match.openings} == {24, 25, 26}


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Australia/Eucla"])
def test_the_day_of_a_time_is_the_clients_own_where_it_begins_within_an_hour_too(zone: str) -> None:
    """It is still the 24th at 18:00 UTC in Kolkata, and the 25th at 18:30; in Eucla the day turns at 15:15."""
    network, plan_id = a_network_and_plan()
    therapist = someone_free(networks=[network])
    Contract.objects.filter(therapist=therapist).update(ends_on=date(2026, 11, 24))
    projected()
    (match,) = asked(plan_id=plan_id, zone=zone).matches
    assert {opening.start.astimezone(ZoneInfo(zone)).date().day for opening in match.openings} == {24}


def test_a_time_is_shown_only_while_the_plan_runs() -> None:
    network, plan_id = a_network_and_plan(ends_on=date(2026, 11, 25))
    someone_free(networks=[network])
    projected()
    (match,) = asked(plan_id=plan_id).matches
    assert {opening.start.astimezone(HERE).date().day for opening in match.openings} == {24, 25}


def test_a_plan_that_has_ended_is_said_so() -> None:
    _, plan_id = a_network_and_plan(ends_on=date(2026, 11, 22))
    with pytest.raises(PlanUnknown):
        asked(plan_id=plan_id)


def test_a_plan_that_pays_for_no_network_finds_nobody() -> None:
    network, plan_id = a_network_and_plan()
    Plan.objects.get(pk=plan_id).plan_networks.all().delete()
    someone_free(networks=[network])
    projected()
    assert asked(plan_id=plan_id).total == 0


def test_the_times_that_are_shown_can_be_held() -> None:
    random = Random(5)
    for zone in ("America/New_York", "America/Chicago", "Pacific/Honolulu", "America/Phoenix", "Pacific/Guam"):
        therapist = a_therapist(time_zone=zone)
        rules: dict[str, Any] = {"lead_days": random.randrange(3), "weekly_new_clients": random.randrange(1, 4)}
        a_diary(therapist, start=random.randrange(0, 12) * 60, end=1440, increment_minutes=15, **rules)
    projected()
    shown = asked().matches
    assert len(shown) == 5
    for match in shown:
        for opening in (*match.openings[::20], match.openings[-1]):
            with transaction.atomic():
                scheduling.hold(
                    therapist_id=match.profile.id,
                    service="individual",
                    modality=match.modality,
                    location_id=None,
                    start=opening.start,
                    length=opening.length,
                    client_zone=NEW_YORK,
                    key=f"{match.profile.id}-{opening.start}",
                    now=NOW,
                )
                transaction.set_rollback(True)
