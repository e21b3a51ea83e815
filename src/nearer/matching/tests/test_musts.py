"""What a must demands, when more than one thing was chosen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.directory.api import vocabulary
from nearer.matching.api import AskWish, NotMatched, explain
from nearer.matching.engine.request import Request, Strength, Wish
from nearer.matching.engine.score import shares_of
from nearer.matching.engine.weights import weights
from nearer.matching.queries.asking import request_of
from nearer.matching.tests.builders import NOW, an_ask, asked, ids, must, projected, someone_free

DIMENSIONS = vocabulary.IDENTITY_DIMENSIONS


@st.composite
def wishes(draw: st.DrawFn) -> tuple[AskWish, ...]:
    """Draw one wish of each of some kinds, as a person states them."""
    made = []
    for kind in draw(st.lists(st.sampled_from(list(vocabulary.TRAITS)), unique=True, min_size=1)):
        codes = draw(st.lists(st.sampled_from(list(vocabulary.TRAITS[kind])), unique=True, min_size=1, max_size=6))
        made.append(AskWish(kind, tuple(codes), draw(st.sampled_from(["must", "nice"]))))
    return tuple(made)


def meets(wish: AskWish, held: set[str]) -> bool:
    """Say whether someone with these codes meets a must, kind by kind, as it is promised."""
    if wish.kind == "concern":
        return held.issuperset(wish.codes)
    if wish.kind == "identity":
        asked_about = [set(codes) & set(wish.codes) for codes in DIMENSIONS.values()]
        return all(held & codes for codes in asked_about if codes)
    return bool(held & set(wish.codes))


def test_every_identity_is_in_one_dimension() -> None:
    assert Counter(code for codes in DIMENSIONS.values() for code in codes) == Counter(list(vocabulary.IDENTITIES))


@given(wishes(), st.data())
def test_a_must_asks_for_any_within_one_dimension_and_all_across_and_every_concern(
    wished: tuple[AskWish, ...], data: st.DataObject
) -> None:
    request = request_of(an_ask(wishes=wished), None)
    for wish in wished:
        known = list(vocabulary.TRAITS[wish.kind])
        held = data.draw(st.sets(st.sampled_from([*wish.codes, *known[:3]])))
        mask = sum(1 << known.index(code) for code in held)
        musts = [each for each in request.wishes if each.kind == wish.kind and each.strength is Strength.MUST]
        assert all(each.mask & mask for each in musts) == (wish.strength == "nice" or meets(wish, held))
        assert all(held & set(codes) for codes in wish.demands) == meets(wish, held)


@given(wishes())
def test_taking_a_wish_apart_changes_no_code_and_no_worth(wished: tuple[AskWish, ...]) -> None:
    apart = request_of(an_ask(wishes=wished), None)
    assert worths(apart) == pytest.approx(worths(replace(apart, wishes=tuple(map(whole, wished)))))


def whole(wish: AskWish) -> Wish:
    known: Any = vocabulary.TRAITS[wish.kind]
    kind: Any = wish.kind
    return Wish(kind, vocabulary.mask(known, wish.codes))


def worths(request: Request) -> dict[tuple[str, int], float]:
    """Return what each chosen code adds to the fit."""
    shares, _ = shares_of(request, weights())
    return {(wish.kind, bit): worth for wish, worth in shares for bit in range(64) if wish.mask >> bit & 1}


@pytest.mark.django_db
def test_a_woman_and_black_are_both_meant() -> None:
    both = someone_free(traits={"identity": ["woman", "black"]})
    other = someone_free(traits={"identity": ["woman", "asian"]})
    man, white = (someone_free(traits={"identity": codes}) for codes in (["man", "black"], ["woman", "white"]))
    projected()
    assert ids(asked(wishes=(must("identity", "woman", "black"),))) == {both.pk}
    assert ids(asked(wishes=(must("identity", "woman", "black", "asian"),))) == {both.pk, other.pk}
    for therapist, lacking in ((man, "A woman"), (white, "Black, Asian")):
        verdict = explain(an_ask(wishes=(must("identity", "woman", "black", "asian"),)), therapist.pk, now=NOW)
        assert isinstance(verdict, NotMatched)
        assert str(verdict.reason) == f"They do not list something that you must have: {lacking}."


@pytest.mark.django_db
def test_every_concern_that_must_be_met_is_and_any_language_will_do() -> None:
    both = someone_free(traits={"concern": ["closeness", "trust"], "language": ["en", "es"]})
    someone_free(traits={"concern": ["closeness"], "language": ["en", "es"]})
    projected()
    found = asked(wishes=(must("concern", "closeness", "trust"), must("language", "es", "fr")))
    assert ids(found) == {both.pk}
    (match,) = found.matches
    assert match.reasons[0].codes == ("closeness", "trust")
    assert [(unmet.kind, unmet.codes) for unmet in match.unmet] == [("language", ("fr",))]


@pytest.mark.django_db
def test_a_wish_is_let_go_of_as_it_was_asked_all_of_it() -> None:
    someone_free(traits={"identity": ["man", "black"]})
    someone_free(traits={"identity": ["man", "white"]})
    projected()
    (step,) = asked(wishes=(must("identity", "woman", "black"),)).relaxations
    assert (step.kind, step.codes, step.gains, step.people_tomorrow) == ("identity", ("woman", "black"), 2, 2)
    assert str(step.words) == "Anyone, instead of: A woman, Black"


@pytest.mark.django_db
def test_what_everything_nice_brings_is_the_answer_to_asking_so() -> None:
    for _ in range(4):
        someone_free()
    projected()
    found = asked(wishes=(must("language", "es"), must("identity", "woman")), times=frozenset({"weekend"}))
    assert found.relaxations == ()
    assert found.everything_nice is not None
    assert (found.everything_nice.therapists, found.everything_nice.people_tomorrow) == (asked().total, 4)
    assert asked(jurisdiction="NY", times=frozenset({"weekend"})).everything_nice is None


@pytest.mark.django_db
def test_a_couple_in_two_states_is_told_of_meeting_where_not_even_everything_nice_finds_a_video() -> None:
    someone_free(services=("couples",), licensed_in=("MA",), places_in=("MA",))
    projected()
    found = asked(service="couples", partner_jurisdiction="NY", wishes=(must("language", "es"),))
    assert found.relaxations == ()
    assert found.everything_nice is not None
    assert (found.everything_nice.therapists, found.everything_nice.modality) == (1, "in_person")
