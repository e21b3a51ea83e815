"""The network at a glance: counted as it would be shown, in a constant number of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nearer.directory.models import Service, Therapist
from nearer.directory.tests.builders import a_network, a_plan, a_therapist
from nearer.matching.api import Figures, gaps, opening_hours, overview, plans_of
from nearer.matching.tests.builders import NOW, a_diary, many_free, projected, someone_free
from nearer.scheduling.models import Diary

pytestmark = pytest.mark.django_db


def test_each_figure_counts_what_it_says() -> None:
    someone_free()
    someone_free(accepting=False)
    a_therapist()  # no diary, so no time
    projected()
    seen = overview("individual", now=NOW)
    assert seen.everyone == Figures(listed=3, accepting=2, open=2, bookable=1)
    assert seen.by_place["MA"] == seen.everyone
    assert seen.by_place["NY"] == Figures(0, 0, 0, 0)


def test_who_was_removed_is_not_counted() -> None:
    someone_free(removed_on=NOW.date())
    projected()
    assert overview("individual", now=NOW).everyone == Figures(0, 0, 0, 0)


def test_a_service_that_is_no_longer_offered_is_not_counted() -> None:
    someone = someone_free()
    projected()
    Service.objects.filter(therapist=someone).update(expires_on=NOW.date() - timedelta(days=1))
    Therapist.objects.filter(pk=someone.pk).update(about="again")
    projected()
    assert overview("individual", now=NOW).everyone.listed == 0


def test_a_payer_counts_those_in_its_networks_once() -> None:
    network = a_network()
    plan = a_plan(networks=[network])
    someone_free(networks=[network])
    someone_free()
    projected()
    (payer,) = overview("individual", now=NOW).by_payer.values()
    assert payer["MA"] == Figures(1, 1, 1, 1)
    pay_themselves, member = plans_of("MA", now=NOW)
    assert pay_themselves.panel is None
    assert pay_themselves.by_service["individual"].bookable == 2
    assert member.panel is not None
    assert member.panel.id == plan.pk
    assert member.by_service["individual"] == Figures(1, 1, 1, 1)


def test_a_projection_of_yesterday_is_read_as_of_today() -> None:
    someone = someone_free()
    projected(NOW)
    later = NOW + timedelta(days=20)
    assert overview("individual", now=later).by_place["MA"].open == 0
    assert overview("individual", now=NOW + timedelta(days=1)).by_place["MA"].open == 1
    assert opening_hours([someone.pk])[someone.pk] > 40


def test_fewer_than_three_is_a_gap_and_three_are_none() -> None:
    network = a_network()
    a_plan(networks=[network])
    for _ in range(2):
        someone_free(networks=[network], traits={"language": ["en"]})
    projected()
    (mornings,) = gaps("individual", now=NOW, languages=["en"], times=["weekday_morning"])
    assert (mornings.jurisdiction, mornings.language, mornings.shown, mornings.missing) == ("MA", "en", 2, 1)
    someone_free(networks=[network], traits={"language": ["en"]})
    projected()
    assert gaps("individual", now=NOW, languages=["en"], times=["weekday_morning"]) == ()
    (evenings,) = gaps("individual", now=NOW, languages=["en"], times=["weekday_evening"])
    assert evenings.shown == 0


def test_plans_with_the_same_networks_share_a_gap() -> None:
    network = a_network()
    plans = {a_plan(networks=[network]).pk for _ in range(3)}
    (gap,) = gaps("individual", now=NOW, languages=["es"], times=["weekend"])
    assert {panel.id for panel in gap.panels} == plans
    (one,) = gaps("individual", now=NOW, languages=["es"], times=["weekend"], plan_id=min(plans))
    assert [panel.id for panel in one.panels] == [min(plans)]
    assert gaps("individual", now=NOW, languages=["es"], jurisdictions=["WY"]) == ()


def test_a_pause_takes_someones_times_away() -> None:
    someone = a_therapist()
    a_diary(someone)
    Diary.objects.filter(pk=someone.pk).update(paused_until=NOW.date() + timedelta(days=90))
    projected()
    assert overview("individual", now=NOW).everyone == Figures(1, 1, 0, 0)


@pytest.mark.parametrize("count", [1, 40])
def test_queries_do_not_grow_with_the_network(count: int) -> None:
    network = a_network()
    a_plan(networks=[network])
    many_free(count, network.pk)
    projected()
    for ask in (
        lambda: overview("individual", now=NOW),
        lambda: plans_of("MA", now=NOW),
        lambda: gaps("individual", now=NOW, languages=["en", "es"]),
    ):
        with CaptureQueriesContext(connection) as queries:
            ask()
        assert len(queries) == 3
