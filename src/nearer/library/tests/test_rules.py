"""The library's arithmetic."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.library.rules import prose
from nearer.library.rules.canonical import canonical, changed_parts, changes, first_difference, hash_of
from nearer.library.rules.chain import GENESIS, Link, chained, faults, what_is_wrong, wrong_byte
from nearer.library.rules.reading import ease_of
from nearer.library.rules.terms import due_on, is_gone, is_overdue, state

DAY = date(2026, 11, 23)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
VALUES = st.recursive(TEXTS | st.integers() | st.booleans(), lambda inner: st.lists(inner, max_size=3), max_leaves=8)
CONTENTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=4), VALUES, max_size=5)


@given(CONTENTS)
def test_the_one_form_does_not_hang_on_the_order_in_which_things_were_said(content: dict[str, object]) -> None:
    turned = dict(reversed(content.items()))
    assert canonical(content) == canonical(turned)
    assert canonical(json.loads(canonical(content))) == canonical(content)


def test_letters_that_look_alike_and_are_composed_otherwise_are_one_text() -> None:
    assert canonical({"a": "e\u0301"}) == canonical({"a": "\u00e9"})


@given(CONTENTS, CONTENTS)
def test_two_texts_have_one_hash_exactly_if_they_are_one(one: dict[str, object], other: dict[str, object]) -> None:
    assert (hash_of(canonical(one)) == hash_of(canonical(other))) == (canonical(one) == canonical(other))


@given(TEXTS, TEXTS)
def test_the_first_byte_that_differs_is_the_first(one: str, other: str) -> None:
    place = first_difference(one, other)
    a, b = one.encode(), other.encode()
    if place is None:
        assert one == other
    else:
        assert a[:place] == b[:place]
        assert a[place : place + 1] != b[place : place + 1]


def test_changes_are_told_by_line() -> None:
    before = {"title": "Old", "body": [{"type": "prose", "html": "<p>Same</p>"}]}
    after = {**before, "title": "New"}
    assert changes(before, after) == ("- title: Old", "+ title: New")
    assert changes(None, after) == ()
    assert changed_parts(before, after) == ("title",)


def links(records: list[str]) -> list[Link]:
    made, previous = [], GENESIS
    for position, record in enumerate(records, start=1):
        digest = chained(previous, record)
        made.append(Link(position, record, previous, digest, digest[::-1]))
        previous = digest
    return made


def sealed(digest: str) -> str:
    return digest[::-1]


@given(st.lists(TEXTS, max_size=6))
def test_a_chain_as_it_was_written_has_no_fault(records: list[str]) -> None:
    assert list(faults(links(records), sealed)) == []


@given(st.lists(st.text(min_size=1, max_size=10), min_size=1, max_size=4), st.data())
def test_any_row_that_was_changed_is_named(records: list[str], data: st.DataObject) -> None:
    chain = links(records)
    place = data.draw(st.integers(0, len(chain) - 1))
    was = chain[place]
    chain[place] = Link(was.position, was.record + "x", was.previous, was.hash, was.seal)
    (fault,) = faults(chain, sealed)
    assert fault.position == place + 1


@given(st.binary(min_size=1, max_size=40).map(lambda raw: raw.hex()), st.data())
def test_the_one_byte_that_was_changed_is_found(record: str, data: st.DataObject) -> None:
    (link,) = links([record])
    place = data.draw(st.integers(0, len(record) - 1))
    wrong = record[:place] + ("x" if record[place] != "x" else "y") + record[place + 1 :]
    found = wrong_byte(Link(1, wrong, link.previous, link.hash, link.seal))
    assert found == (place, ord(record[place]))


def test_a_change_of_many_bytes_is_not_searched_for_ever() -> None:
    (link,) = links([json.dumps({"a": "b" * 9_000})])
    wrong = Link(1, link.record.replace("bbb", "ccc"), link.previous, link.hash, link.seal)
    assert "was changed" in what_is_wrong(wrong) or "not in the form" in what_is_wrong(wrong)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.booleans())
def test_every_text_is_due_and_then_gone_sixty_days_later(signed: date, touches: bool) -> None:
    due = due_on(signed, ["trauma"] if touches else [])
    assert due - signed == timedelta(days=180 if touches else 365)
    assert not is_overdue(due, due - timedelta(days=1))
    assert is_overdue(due, due)
    assert not is_gone(due, due + timedelta(days=59))
    assert is_gone(due, due + timedelta(days=60))


@pytest.mark.parametrize(
    ("task", "live", "due", "expired", "expected"),
    [
        ("", False, None, False, "draft"),
        ("evidence", False, None, False, "evidence"),
        ("clinical", True, DAY, False, "clinical"),
        ("", True, DAY + timedelta(days=1), False, "published"),
        ("", True, DAY, False, "due"),
        ("", False, None, True, "expired"),
    ],
)
def test_where_an_article_stands(task: str, live: bool, due: date | None, expired: bool, expected: str) -> None:
    assert state(task=task, is_live=live, due=due, has_expired=expired, today=DAY) == expected


NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<p style="position:fixed">x</p>',
    "<iframe src='//evil'></iframe>",
    "<svg onload=alert(1)>",
    "<style>p{}</style>",
    '<a href="article:x" onclick="y">x</a>',
)


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("cleaner", [prose.stored, lambda text: prose.clean(text, {})])
def test_nothing_that_acts_survives_the_cleaner(text: str, cleaner: object) -> None:
    kept = cleaner(f"<p>Before</p>{text}<p>After</p>")  # type: ignore[operator]
    for word in ("script", "alert", "onerror", "onload", "onclick", "style", "iframe", "data:", "position"):
        assert word not in kept
    assert "Before" in kept
    assert "After" in kept


@given(TEXTS)
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    once = prose.clean(f"<p>{text}</p>", {})
    assert prose.clean(once, {}) == once


def test_links_to_pages_become_links_to_articles_by_slug() -> None:
    text = '<p><a id="7" linktype="page">seven</a> <a linktype="page" id="8">gone</a></p>'
    assert prose.links_to(text) == (7, 8)
    assert prose.clean(text, {7: "seven-signs"}) == '<p><a href="article:seven-signs">seven</a> gone</p>'


def test_marks_become_numbers_that_lead_to_claims() -> None:
    assert prose.marks("<p>One.[^c2] Two.[^c1]</p>") == ("c2", "c1")
    assert prose.with_numbers("<p>One.[^c2][^c9]</p>", {"c2": 1}) == '<p>One.<sup><a href="#claim-c2">1</a></sup></p>'


def test_plain_words_read_easier_than_long_ones() -> None:
    plain = "You can go slow. It is fine to stop. Say one small thing."
    heavy = "Interpersonal communication necessitates considerable psychological vulnerability."
    easy, hard = ease_of(plain, "en"), ease_of(heavy, "en")
    assert easy is not None
    assert hard is not None
    assert easy < 3
    assert hard > 12
    assert ease_of("", "en") is None
    assert ease_of("Salut.", "fr") is None


def test_spanish_is_measured_on_its_own_scale() -> None:
    plain = ease_of("Puedes ir despacio. Está bien parar. Di una cosa chica.", "es")
    assert plain is not None
    assert plain > 80
