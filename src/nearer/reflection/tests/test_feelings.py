"""The vocabulary is whole, and its map can be read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise
from math import hypot

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from nearer.reflection.queries import feelings
from nearer.reflection.rules.feelings import DOT, LINE, QUARTERS, SIDE, Feeling, FeelingsUnusable, read_feelings, spots

LANGUAGES = ("en", "es")
LIMITS = {"definition": 18, "body": 16, "asks": 16, "difference": 20}
RAW = {
    "id": "calm",
    "word": "calm",
    "pleasantness": 0.5,
    "energy": -0.5,
    "closeness": False,
    "definition": "Nothing pushes you.",
    "body": "Often slow breath.",
    "asks": "To stay a while.",
    "neighbour": "safe",
    "difference": "Calm is about you; safe is about the place.",
}
OTHER = {**RAW, "id": "safe", "word": "safe", "neighbour": "calm"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quarter_of_the_map_has_at_least_thirty_six_words(language: str) -> None:
    counts = Counter(feeling.quarter for feeling in feelings(language))
    assert set(counts) == set(QUARTERS)
    assert min(counts.values()) >= 36


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_forty_five_words_are_about_closeness(language: str) -> None:
    assert 40 <= sum(feeling.closeness for feeling in feelings(language)) <= 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_a_feeling_is_short(language: str) -> None:
    for feeling in feelings(language):
        for part, limit in LIMITS.items():
            assert len(getattr(feeling, part).split()) <= limit, (feeling.id, part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_definition_uses_the_word_that_it_explains(language: str) -> None:
    for feeling in feelings(language):
        word = feeling.word.split("/", maxsplit=1)[0].casefold()
        assert word not in feeling.definition.casefold().replace(",", " ").replace(".", " ").split(), feeling.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_near_word_is_near(language: str) -> None:
    words = {feeling.id: feeling for feeling in feelings(language)}
    for feeling in words.values():
        near = words[feeling.neighbour]
        assert hypot(near.pleasantness - feeling.pleasantness, near.energy - feeling.energy) <= 0.6, feeling.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_stand_on_the_same_spot(language: str) -> None:
    for one, other in combinations(feelings(language), 2):
        assert hypot(one.pleasantness - other.pleasantness, one.energy - other.energy) >= 0.03, (one.id, other.id)


def test_the_two_lists_are_two_lists() -> None:
    english, spanish = ({feeling.id for feeling in feelings(language)} for language in LANGUAGES)
    assert len(english & spanish) < 10


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"energy": 0}, "does not stand in a quarter"),
        ({"pleasantness": 1.1}, "does not stand in a quarter"),
        ({"neighbour": "nobody"}, "neighbour"),
        ({"neighbour": "calm"}, "neighbour"),
        ({"body": ""}, "empty"),
        ({"score": 3}, "not complete"),
        ({"id": "safe"}, "same id"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(FeelingsUnusable, match=says):
        read_feelings({"en": [{**RAW, **change}, OTHER]}, "en")


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(FeelingsUnusable):
        read_feelings({"en": [RAW, OTHER]}, "fr")


@st.composite
def vocabularies(draw: st.DrawFn) -> tuple[Feeling, ...]:
    """Words with places all over the map."""
    at = st.floats(0.02, 1).map(lambda value: round(value, 2))
    sign = st.sampled_from((-1, 1))
    count = draw(st.integers(1, 40))
    (calm, _) = read_feelings({"en": [RAW, OTHER]}, "en")
    return tuple(
        replace(
            calm,
            id=f"w{number}",
            word="w" * draw(st.integers(1, 18)),
            pleasantness=draw(at) * draw(sign),
            energy=draw(at) * draw(sign),
            closeness=draw(st.booleans()),
        )
        for number in range(count)
    )


@given(vocabularies())
def test_written_words_never_lie_on_each_other_and_all_dots_are_on_the_map(found: tuple[Feeling, ...]) -> None:
    placed = spots(found)
    assert all(DOT <= spot.x <= SIDE - DOT and DOT <= spot.y <= SIDE - DOT for spot in placed)
    rows = sorted((spot.y, spot.x, len(spot.feeling.word)) for spot in placed if spot.is_written)
    for (y, x, letters), (other_y, other_x, other_letters) in pairwise(rows):
        apart = other_y - y >= 2 * LINE
        beside = x + letters < other_x or other_x + other_letters < x
        assert apart or beside


def test_the_map_and_the_list_say_the_same(client: Client) -> None:
    page = client.get("/feelings/").content.decode()
    for feeling in feelings("en"):
        assert page.count(f'id="{feeling.id}"') == 1
        assert page.count(f'data-feeling="{feeling.id}"') == 1


def test_spanish_has_its_own_words(client: Client) -> None:
    page = client.get("/es/feelings/").content.decode()
    assert "añoranza" in page


def test_the_pages_leave_nothing_behind(client: Client) -> None:
    for path in ("/feelings/", "/check-in/"):
        response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies
