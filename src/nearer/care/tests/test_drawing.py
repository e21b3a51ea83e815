"""What the shopper asks could have been asked by anyone."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from nearer.care.rules.answers import MUST, NICE, SERVICES_FOR, from_payload, payload
from nearer.care.rules.drawing import Market, drawn
from nearer.directory.api import vocabulary
from nearer.matching.api import TIMES

MARKET = Market(
    places={"MA": 3, "NY": 1},
    plans={"MA": (1, 2)},
    zones=vocabulary.TIME_ZONES,
    traits={kind: tuple(codes) for kind, codes in vocabulary.TRAITS.items()},
    times=tuple(TIMES),
)
seeds = st.integers(0, 2**31)


@given(seeds)
def test_the_same_seed_draws_the_same_visitors(seed: int) -> None:
    first, second = Random(seed), Random(seed)
    assert [drawn(first, MARKET) for _ in range(3)] == [drawn(second, MARKET) for _ in range(3)]


@given(seeds)
def test_a_drawn_visitor_could_have_been_one(seed: int) -> None:
    answers = drawn(Random(seed), MARKET)
    travelled = from_payload(payload(answers))
    assert payload(travelled) == payload(answers)
    assert set(travelled.wishes) == set(answers.wishes)
    assert answers.who in SERVICES_FOR
    assert answers.jurisdiction in MARKET.places
    assert answers.plan_id is None or answers.plan_id in MARKET.plans[answers.jurisdiction]
    assert (answers.partner_jurisdiction is None) == (answers.who == "me")
    assert set(answers.times) <= set(TIMES)
    kinds = [wish.kind for wish in answers.wishes]
    assert len(kinds) == len(set(kinds))
    for wish in answers.wishes:
        assert wish.strength in {MUST, NICE}
        assert set(wish.codes) <= set(vocabulary.TRAITS[wish.kind])


def test_everything_that_can_be_asked_is_asked_in_time() -> None:
    random = Random(7)
    many = [drawn(random, MARKET) for _ in range(600)]
    assert {answers.who for answers in many} == set(SERVICES_FOR)
    assert {answers.modality for answers in many} == {None, "telehealth", "in_person"}
    assert {answers.jurisdiction for answers in many} == {"MA", "NY"}
    assert {time for answers in many for time in answers.times} == set(TIMES)
    assert {wish.kind for answers in many for wish in answers.wishes} == set(vocabulary.TRAITS)
    assert any(answers.partner_jurisdiction not in {None, answers.jurisdiction} for answers in many)
    assert any(answers.zone != MARKET.zones[answers.jurisdiction] for answers in many)
