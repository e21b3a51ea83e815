"""The directory answers with what stands on the day, in one query."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from nearer.directory import queries
from nearer.directory.models import Network
from nearer.directory.tests.builders import (
    CHECKED,
    RELIABLE_UNTIL,
    TODAY,
    a_contract,
    a_licence,
    a_network,
    a_payer,
    a_plan,
    a_therapist,
    an_npi,
)

pytestmark = pytest.mark.django_db


def test_a_profile_carries_every_kind_of_fact() -> None:
    network = a_network(name="Open Access")
    therapist = a_therapist(places_in=["MA"], networks=[network], traits={"concern": ["closeness", "trust"]})
    profile = queries.profiles([therapist.id], TODAY)[therapist.id]
    assert profile.name == "Alex Rivera"
    assert [licence.jurisdiction for licence in profile.licences] == ["MA"]
    assert profile.services[0].ages == ("adult", "older")
    assert profile.locations[0].city == "Springfield"
    assert (profile.contracts[0].network, profile.contracts[0].payer) == ("Open Access", "Evergreen Health")
    assert profile.contracts[0].starts_on == CHECKED
    assert profile.contracts[0].ends_on is None
    assert profile.codes("concern") == {"closeness", "trust"}


def test_a_profile_leaves_out_what_does_not_stand_that_day() -> None:
    network = a_network()
    therapist = a_therapist(licensed_in=["MA"])
    a_licence(therapist, jurisdiction="NY", status="suspended")
    a_licence(therapist, jurisdiction="CT", expires_on=TODAY - timedelta(days=1))
    a_contract(therapist, network, ends_on=TODAY - timedelta(days=1))
    profile = queries.profiles([therapist.id], TODAY)[therapist.id]
    assert [licence.jurisdiction for licence in profile.licences] == ["MA"]
    assert profile.contracts == ()


def test_a_therapist_without_facts_still_has_a_profile() -> None:
    therapist = a_therapist(licensed_in=[], services=[], traits={})
    assert queries.profiles([therapist.id, 0], TODAY)[therapist.id].licences == ()


@pytest.mark.parametrize("size", [10, 1000])
def test_any_number_of_profiles_is_one_query(size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ids = [a_therapist(licensed_in=["MA"], services=[]).id for _ in range(10)]
    with django_assert_num_queries(1):
        assert len(queries.profiles([*ids, *range(-size, 0)], TODAY)) == 10


def test_a_profile_is_found_by_npi_until_its_therapist_is_removed() -> None:
    npi = an_npi()
    a_therapist(npi=npi, removed_on=TODAY)
    assert queries.profile_of(npi, TODAY - timedelta(days=1)).npi == npi
    with pytest.raises(queries.TherapistUnknown):
        queries.profile_of(npi, TODAY)
    with pytest.raises(queries.TherapistUnknown):
        queries.profile_of(an_npi(), TODAY)


def test_ids_and_versions_are_read_together() -> None:
    one, two = a_therapist(), a_therapist()
    assert queries.therapist_ids([one.npi, "0"]) == {one.npi: one.id}
    assert queries.versions().keys() == {one.id, two.id}
    assert queries.versions([two.id]).keys() == {two.id}


def test_plans_are_offered_where_and_while_they_are_in_force() -> None:
    here = a_plan(name="Here", jurisdictions=["MA", "NY"])
    a_plan(name="Elsewhere", jurisdictions=["NY"])
    a_plan(name="Over", ends_on=TODAY - timedelta(days=1))
    a_plan(name="Not yet", starts_on=TODAY + timedelta(days=1))
    a_plan(name="Unchecked", expires_on=TODAY - timedelta(days=1))
    assert [choice.id for choice in queries.plans_in("MA", TODAY)] == [here.id]


def test_a_plan_names_the_networks_it_pays_for(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    mine = a_network(name="Evergreen PPO")
    carved_out = a_network(name="Mind Network", payer=a_payer(code="mindwell", name="Mindwell"))
    forgotten = a_network(expires_on=TODAY - timedelta(days=1))
    row = a_plan(networks=[mine, carved_out, forgotten])
    with django_assert_num_queries(1):
        plan = queries.plan(row.id, TODAY)
    assert [(network.name, network.payer) for network in plan.networks] == [
        ("Evergreen PPO", "Evergreen Health"),
        ("Mind Network", "Mindwell"),
    ]
    assert plan.expires_on == RELIABLE_UNTIL


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), CHECKED - timedelta(days=1)])
def test_a_plan_that_is_not_in_force_is_unknown(day: date) -> None:
    row = a_plan(ends_on=TODAY)
    assert queries.plan(row.id, TODAY).ends_on == TODAY
    with pytest.raises(queries.PlanUnknown, match="in force"):
        queries.plan(row.id, day)


@pytest.mark.parametrize(
    "text",
    ["Silver PPO", "  silver   ppo ", "Evergreen Health Silver PPO", "silv", "evergreen health s", "ver ppo"],
)
def test_a_plan_is_found_by_what_people_type(text: str, evergreen: Network) -> None:
    assert queries.find_plan(text, "MA", TODAY).name == "Silver PPO"


@pytest.mark.parametrize(
    ("text", "told"), [("gold", "did you mean .*Gold HMO.*Gold PPO"), ("Sliver PPO", "Silver PPO")]
)
def test_a_plan_that_is_not_meant_clearly_is_asked_back(text: str, told: str, evergreen: Network) -> None:
    with pytest.raises(queries.PlanUnknown, match=told):
        queries.find_plan(text, "MA", TODAY)


@pytest.mark.parametrize("text", ["", "zzzzzz"])
def test_a_plan_that_nothing_resembles_is_unknown(text: str, evergreen: Network) -> None:
    with pytest.raises(queries.PlanUnknown):
        queries.find_plan(text, "MA", TODAY)


@pytest.fixture
def evergreen() -> Network:
    network = a_network()
    for name in ("Silver PPO", "Gold PPO", "Gold HMO"):
        a_plan(name=name, networks=[network])
    return network
