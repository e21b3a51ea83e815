"""Several sources about one therapist come to one state, whichever way they are repeated."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nearer.directory.records import Provenance
from nearer.directory.rules import Changes, Held, merge

Said = list[tuple[str, tuple[Any, ...], Provenance]]


def fact(source: str, key: str, word: str, day: int) -> tuple[str, tuple[Any, ...], Provenance]:
    return key, (key, word, source, day), Provenance(source, "", date(2026, 1, day), date(2027, 1, 1))


def sayings(source: str) -> st.SearchStrategy[Said]:
    one = st.builds(fact, st.just(source), st.sampled_from("abc"), st.sampled_from(["yes", "no"]), st.integers(1, 3))
    return st.lists(one, max_size=4)


def applied(held: dict[str, Held], said: Said, source: str) -> tuple[dict[str, Held], Changes]:
    """Return what is held once the changes are written, as a table would hold it."""
    changes = merge(held, said, source)
    rows = {row.id: row for row in held.values() if row.id not in changes.gone}
    next_id = max(rows, default=0) + 1
    new = {next_id + place: values for place, values in enumerate(changes.new)}
    for id_, values in {**dict(changes.changed), **new}.items():
        rows[id_] = Held(id_, values, values[2], date(2026, 1, values[3]))
    assert len({row.values[0] for row in rows.values()}) == len(rows), "a fact is held twice"
    return {row.values[0]: row for row in rows.values()}, changes


@given(sayings("roster"), sayings("nppes"))
def test_what_is_said_again_changes_nothing(first: Said, second: Said) -> None:
    held, _ = applied({}, first, "roster")
    held, _ = applied(held, second, "nppes")
    held, _ = applied(held, first, "roster")
    assert not applied(held, first, "roster")[1]


@given(sayings("roster"), sayings("nppes"))
def test_two_sources_taken_in_turn_about_come_to_rest(first: Said, second: Said) -> None:
    held: dict[str, Held] = {}
    for _ in range(2):
        held, _ = applied(held, first, "roster")
        held, _ = applied(held, second, "nppes")
    for said, source in ((first, "roster"), (second, "nppes")):
        held, changes = applied(held, said, source)
        assert not changes


@given(sayings("roster"), sayings("nppes"))
def test_a_source_takes_back_its_own_words_alone(first: Said, second: Said) -> None:
    held, _ = applied({}, first, "roster")
    before, _ = applied(held, second, "nppes")
    after, _ = applied(before, [], "nppes")
    assert after == {key: row for key, row in before.items() if row.source != "nppes"}


@given(sayings("roster"), sayings("nppes"))
def test_every_fact_said_is_held_by_someone_who_checked_it_as_late(first: Said, second: Said) -> None:
    held, _ = applied({}, first, "roster")
    held, _ = applied(held, second, "nppes")
    for key, _values, provenance in (*first, *second):
        assert held[key].verified_on >= provenance.verified_on
