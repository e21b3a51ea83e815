"""Nobody is offered who may not see the client on that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.directory import policies, rules
from nearer.directory.records import Grounds, Profile
from nearer.directory.tests.builders import CHECKED, RELIABLE_UNTIL, TODAY
from nearer.directory.tests.cards import (
    NETWORK,
    a_contract_card,
    a_licence_card,
    a_location_card,
    a_profile,
    a_service_card,
    a_trait_card,
    day_after,
    day_before,
)

ASKED: dict[str, Any] = {
    "service": "individual",
    "modality": "telehealth",
    "jurisdictions": ["MA"],
    "age_bands": ["adult"],
    "networks": {NETWORK},
    "on": TODAY,
}


def asked(profile: Profile, **said: Any) -> Grounds | rules.Hindrance:
    return rules.can_see(profile, **(ASKED | said))


def test_grounds_name_the_facts_they_rest_on() -> None:
    profile = a_profile(licences=(a_licence_card(), a_licence_card(jurisdiction="NY")))
    assert asked(profile) == Grounds((profile.licences[0],), profile.contracts[0], profile.services[0])


def test_who_pays_themselves_needs_no_contract() -> None:
    grounds = asked(a_profile(contracts=()), networks=None)
    assert isinstance(grounds, Grounds)
    assert grounds.contract is None


def test_a_plan_that_pays_for_no_network_is_not_the_same_as_paying_oneself() -> None:
    assert asked(a_profile(), networks=()) == rules.Hindrance("no_contract", "MA")


HINDRANCES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "removed": ({"removed_on": TODAY}, {}, "no longer listed"),
    "not checked lately": ({"expires_on": day_before(TODAY)}, {}, "checked lately"),
    "not checked yet": ({"verified_on": day_after(TODAY)}, {}, "checked lately"),
    "not accepting": ({"accepting": False}, {}, "taking new clients"),
    "no such service": ({}, {"service": "family"}, "Family therapy"),
    "service not checked": ({"services": (a_service_card(expires_on=day_before(TODAY)),)}, {}, "Individual therapy"),
    "couples without training": (
        {"services": (a_service_card(kind="couples"),)},
        {"service": "couples"},
        "training in couples",
    ),
    "not by video": ({"services": (a_service_card(telehealth=False, in_person=True),)}, {}, "By video"),
    "not in person": ({}, {"modality": "in_person"}, "In person"),
    "not this age": ({}, {"age_bands": ["adult", "teen"]}, "Teenagers"),
    "no licence there": ({}, {"jurisdictions": ["NY"]}, "license in New York"),
    "no licence where the partner is": ({}, {"jurisdictions": ["MA", "NY"]}, "license in New York"),
    "licence suspended": ({"licences": (a_licence_card(status="suspended"),)}, {}, "license in Massachusetts"),
    "licence expired": ({"licences": (a_licence_card(expires_on=day_before(TODAY)),)}, {}, "Massachusetts"),
    "no contract": ({"contracts": ()}, {}, "network in Massachusetts"),
    "contract with another network": ({}, {"networks": {NETWORK + 1}}, "network"),
    "contract elsewhere": ({"contracts": (a_contract_card(jurisdiction="NY"),)}, {}, "network"),
    "contract over": ({"contracts": (a_contract_card(ends_on=day_before(TODAY)),)}, {}, "network"),
    "contract not yet": ({"contracts": (a_contract_card(starts_on=day_after(TODAY)),)}, {}, "network"),
    "contract not checked": ({"contracts": (a_contract_card(expires_on=day_before(TODAY)),)}, {}, "network"),
    "no place": (
        {"services": (a_service_card(in_person=True),)},
        {"modality": "in_person"},
        "no office in Massachusetts",
    ),
    "in person on a privilege for video": (
        {
            "services": (a_service_card(in_person=True),),
            "locations": (a_location_card(),),
            "licences": (a_licence_card(kind="compact_psypact"),),
        },
        {"modality": "in_person"},
        "license in Massachusetts",
    ),
}


@pytest.mark.parametrize(("said", "asks", "told"), HINDRANCES.values(), ids=HINDRANCES)
def test_what_hinders_is_said_in_a_sentence(said: dict[str, Any], asks: dict[str, Any], told: str) -> None:
    answer = asked(a_profile(**said), **asks)
    assert isinstance(answer, rules.Hindrance)
    assert told in policies.sentence(answer)


def test_a_couple_in_person_needs_the_licence_of_that_place_alone() -> None:
    profile = a_profile(
        services=(a_service_card(kind="couples", in_person=True),),
        locations=(a_location_card(),),
        couples_training="EFT",
    )
    answer = asked(profile, service="couples", modality="in_person", jurisdictions=["MA", "NY"])
    assert isinstance(answer, Grounds)


def test_a_compact_privilege_is_good_for_video() -> None:
    profile = a_profile(licences=(a_licence_card(kind="compact_psypact"),))
    assert isinstance(asked(profile), Grounds)


def test_the_contract_that_was_checked_last_is_the_ground() -> None:
    older, newer = a_contract_card(), a_contract_card(network_id=8, verified_on=day_after(CHECKED))
    answer = asked(a_profile(contracts=(older, newer)), networks={NETWORK, 8})
    assert isinstance(answer, Grounds)
    assert answer.contract == newer


@pytest.mark.parametrize("day", [CHECKED, RELIABLE_UNTIL])
def test_a_fact_stands_on_the_first_and_on_the_last_of_its_days(day: date) -> None:
    assert rules.holds(a_trait_card("language", "en"), day)
    assert not rules.holds(a_trait_card("language", "en"), day_before(CHECKED))
    assert not rules.holds(a_trait_card("language", "en"), day_after(RELIABLE_UNTIL))


days = st.dates(date(2026, 1, 1), date(2026, 3, 1))
places = st.sampled_from(["MA", "NY", "CT"])
kinds = st.sampled_from(["psychologist", "compact_psypact"])


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Profiles of which any part may be missing, over, or not begun."""

    def dated(card: Any) -> Any:
        start = draw(days)
        return replace(card, verified_on=start, expires_on=start + timedelta(days=draw(st.integers(0, 40))))

    licences = [
        a_licence_card(jurisdiction=draw(places), kind=draw(kinds), status=draw(st.sampled_from(["active", "expired"])))
        for _ in range(draw(st.integers(0, 3)))
    ]
    contracts = [
        a_contract_card(
            network_id=draw(st.integers(7, 8)),
            jurisdiction=draw(places),
            starts_on=draw(days),
            ends_on=draw(st.none() | st.just(date(2026, 3, 1))),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    service = a_service_card(in_person=draw(st.booleans()), telehealth=draw(st.booleans()))
    return a_profile(
        accepting=draw(st.booleans()),
        removed_on=draw(st.none() | days),
        verified_on=date(2026, 1, 1),
        licences=tuple(map(dated, licences)),
        contracts=tuple(map(dated, contracts)),
        services=tuple(map(dated, [service] * draw(st.integers(0, 1)))),
        locations=tuple(dated(a_location_card(jurisdiction=draw(places))) for _ in range(draw(st.integers(0, 2)))),
    )


questions = st.fixed_dictionaries(
    {
        "service": st.just("individual"),
        "modality": st.sampled_from(["telehealth", "in_person"]),
        "jurisdictions": st.lists(places, min_size=1, max_size=2),
        "age_bands": st.just(["adult"]),
        "networks": st.none() | st.just({7}),
        "on": days,
    }
)


@given(profiles(), questions)
def test_grounds_stand_on_the_day_and_answer_the_question(profile: Profile, question: dict[str, Any]) -> None:
    on, answer = question["on"], rules.can_see(profile, **question)
    if isinstance(answer, rules.Hindrance):
        assert policies.sentence(answer).endswith(".")
        return
    assert profile.accepting
    assert profile.removed_on is None or profile.removed_on > on
    assert all(rules.licence_stands(licence, on) for licence in answer.licences)
    needed = question["jurisdictions"] if question["modality"] == "telehealth" else question["jurisdictions"][:1]
    assert {licence.jurisdiction for licence in answer.licences} == set(needed)
    if question["networks"] is not None:
        assert answer.contract is not None
        assert rules.contract_stands(answer.contract, on)
        assert answer.contract.network_id in question["networks"]
        assert answer.contract.jurisdiction == question["jurisdictions"][0]


@given(profiles(), questions)
def test_a_profile_of_the_day_answers_as_the_whole_one_does(profile: Profile, question: dict[str, Any]) -> None:
    of_the_day = rules.standing(profile, question["on"])
    assert rules.can_see(of_the_day, **question) == rules.can_see(profile, **question)


@given(profiles(), questions)
def test_losing_a_licence_never_lets_anyone_see_more(profile: Profile, question: dict[str, Any]) -> None:
    if isinstance(rules.can_see(profile, **question), rules.Hindrance):
        fewer = replace(profile, licences=profile.licences[1:])
        assert isinstance(rules.can_see(fewer, **question), rules.Hindrance)


@given(profiles(), questions)
def test_reach_is_where_someone_who_pays_themselves_may_be(profile: Profile, question: dict[str, Any]) -> None:
    profile = replace(profile, accepting=True, removed_on=None, expires_on=RELIABLE_UNTIL)
    reach = rules.reach(profile, question["service"], question["modality"], question["on"])
    for place in ("MA", "NY", "CT"):
        answer = rules.can_see(profile, **(question | {"jurisdictions": [place], "networks": None}))
        assert isinstance(answer, Grounds) == (place in reach)


def test_reach_is_nowhere_for_what_is_not_offered() -> None:
    assert rules.reach(a_profile(), "family", "telehealth", TODAY) == frozenset()
    assert rules.reach(a_profile(), "individual", "in_person", TODAY) == frozenset()
    assert rules.licensed_in(a_profile(), TODAY) == {"MA"}
