"""A search travels in its address: whole, unreadable, unforgeable, and for a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.care.rules.answers import (
    BOTH,
    ME,
    MUST,
    NICE,
    UNSURE,
    US,
    WISHES,
    Answers,
    AnswersUnreadable,
    Wish,
    from_payload,
    other_half,
    payload,
    relaxed,
)
from nearer.care.rules.tokens import open_answers, open_booking, seal_answers, seal_booking
from nearer.care.rules.zones import zone_of
from nearer.directory.api import vocabulary
from nearer.foundation.sealing import CannotUnseal, TokenExpired
from nearer.matching.api import TIMES

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def answers(**said: Any) -> Answers:
    usual = {"who": ME, "jurisdiction": "MA", "zone": "America/New_York", "seed": 7}
    return Answers(**{**usual, **said})


states = st.sampled_from(list(vocabulary.JURISDICTIONS))
wishes = st.lists(
    st.sampled_from(list(WISHES.values())).flatmap(
        lambda kind: st.builds(
            Wish,
            kind=st.just(kind),
            codes=st.lists(st.sampled_from(list(vocabulary.TRAITS[kind])), min_size=1, unique=True).map(tuple),
            strength=st.sampled_from([MUST, NICE]),
        )
    ),
    unique_by=lambda wish: wish.kind,
).map(lambda found: tuple(sorted(found, key=lambda wish: list(WISHES.values()).index(wish.kind))))
any_answers = st.builds(
    Answers,
    who=st.sampled_from(["me", "us", "both", "unsure"]),
    jurisdiction=states,
    zone=states.map(zone_of),
    seed=st.integers(0, 2**31 - 1),
    avoid=wishes.map(lambda found: tuple(Wish(wish.kind, wish.codes) for wish in found)),
    follows=st.none() | st.integers(1, 2**62),
    complete=st.booleans(),
    plan_id=st.none() | st.integers(1, 2**40),
    unlisted=st.booleans(),
    age=st.sampled_from(["adult", "older"]),
    partner_jurisdiction=st.none() | states,
    partner_age=st.none() | st.sampled_from(["adult", "older"]),
    modality=st.none() | st.sampled_from(list(vocabulary.MODALITIES)),
    wishes=wishes,
    times=st.lists(st.sampled_from(list(TIMES)), unique=True).map(tuple),
    excluded=st.lists(st.integers(1, 10**6), max_size=3).map(tuple),
    apart=st.lists(st.dates(), max_size=2).map(tuple),
)


@given(any_answers)
def test_what_was_answered_comes_back_whole(said: Answers) -> None:
    assert from_payload(payload(said)) == said
    assert open_answers(seal_answers(said, NOW), NOW) == said


@given(any_answers)
def test_an_address_stays_short_enough_for_anything(said: Answers) -> None:
    assert len(seal_answers(said, NOW)) < 1200


def test_an_ordinary_search_is_a_short_address() -> None:
    assert len(seal_answers(answers(complete=True, plan_id=4711), NOW)) < 200


def test_nothing_can_be_read_in_an_address() -> None:
    token = seal_answers(answers(wishes=(Wish("concern", ("trauma",)),)), NOW)
    # Two letters would turn up by chance in any sealed text of this length.
    assert not [word for word in ("trauma", "New_York", "individual") if word in token]
    assert token != seal_answers(answers(wishes=(Wish("concern", ("trauma",)),)), NOW)


@given(st.integers(4, 150), st.sampled_from("AZaz09-_"))
def test_an_altered_address_opens_nothing(place: int, letter: str) -> None:
    token = seal_answers(answers(), NOW)
    place %= len(token)
    altered = token[:place] + letter + token[place + 1 :]
    # The last letter carries bits that no byte needs.
    if altered != token and place < len(token) - 1:
        with pytest.raises(CannotUnseal):
            open_answers(altered, NOW)


def test_a_search_is_good_for_a_day() -> None:
    token = seal_answers(answers(), NOW)
    open_answers(token, NOW + timedelta(hours=24) - timedelta(seconds=1))
    with pytest.raises(TokenExpired):
        open_answers(token, NOW + timedelta(hours=24))


def test_a_search_opens_no_booking_and_a_booking_no_search() -> None:
    with pytest.raises(CannotUnseal):
        open_booking(seal_answers(answers(), NOW), NOW)
    with pytest.raises(CannotUnseal):
        open_answers(seal_booking(7, NOW), NOW)


def test_a_booking_can_be_opened_until_a_month_after_the_session() -> None:
    token = seal_booking(2**62, NOW)
    assert open_booking(token, NOW + timedelta(days=29)) == 2**62
    with pytest.raises(TokenExpired):
        open_booking(token, NOW + timedelta(days=30))


@pytest.mark.parametrize("data", [{}, {"v": 99, "w": "me"}, {"v": 1, "w": "them"}])
def test_what_another_version_wrote_is_not_guessed_at(data: dict[str, Any]) -> None:
    with pytest.raises(AnswersUnreadable):
        from_payload(data)


def test_a_couple_needs_a_license_where_each_will_be() -> None:
    both = answers(who=BOTH, partner_jurisdiction="NY", partner_age="older")
    assert both.jurisdictions("couples") == ("MA", "NY")
    assert both.jurisdictions("individual") == ("MA",)
    assert both.ages("couples") == ("adult", "older")
    assert both.ages("individual") == ("adult",)
    assert answers(partner_age="adult").ages("couples") == ("adult",)


@pytest.mark.parametrize(
    ("kind", "after"),
    [
        ("language", {"wishes": (Wish("language", ("es",), NICE), Wish("style", ("gentle",), MUST))}),
        ("times", {"times": ()}),
        ("modality", {"modality": None}),
        ("network", {"plan_id": None}),
    ],
)
def test_letting_go_of_one_thing_keeps_the_others(kind: str, after: dict[str, Any]) -> None:
    wished = (Wish("language", ("es",), MUST), Wish("style", ("gentle",), MUST))
    said: dict[str, Any] = {"wishes": wished, "times": ("weekend",), "modality": "in_person", "plan_id": 7}
    assert relaxed(answers(**said), kind) == answers(**{**said, **after})


def test_who_sees_a_couple_is_left_out_of_the_search_for_oneself_and_the_other_way_round() -> None:
    both = answers(who=BOTH, excluded=(3,))
    day = date(2026, 11, 24)
    own, together = other_half(both, "couples", 7, day), other_half(both, "individual", 7, day)
    assert own is not None
    assert together is not None
    assert (own.services, own.excluded) == (("individual",), (3, 7))
    assert (together.services, together.excluded) == (("couples",), (3, 7))
    assert own.apart == together.apart == (day,)
    assert all(other_half(answers(who=who), "individual", 7, day) is None for who in (ME, US, UNSURE))
