"""Every crisis line can be reached, says where its facts come from, and was checked not long ago."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from nearer.safety import pages
from nearer.safety.api import CHECK_EVERY, CrisisDataUnusable, countries, crisis_lines, overdue_lines
from nearer.safety.rules import read_countries

FIRST_CHECK = date(2026, 11, 23)
LINE: dict[str, Any] = {
    "id": "one",
    "name": "One",
    "audience": "anyone",
    "call": "1",
    "call_notes": [],
    "texts": [],
    "chat": "",
    "languages": ["en"],
    "hours": "always",
    "source": "https://one.example/",
    "checked_on": "2026-11-23",
}


def read(**changes: Any) -> Any:
    return read_countries({"countries": [{"code": "US", "emergency": "911", "lines": [{**deepcopy(LINE), **changes}]}]})


def test_every_line_was_checked_and_none_from_the_future() -> None:
    for country in countries():
        for line in country.lines:
            assert line.checked_on >= FIRST_CHECK, line.id


def test_no_line_was_overdue_a_month_after_the_first_check() -> None:
    assert overdue_lines(FIRST_CHECK + timedelta(days=30)) == ()


def test_a_line_falls_due_a_quarter_after_its_check() -> None:
    (country,) = read()
    line = country.lines[0]
    from nearer.safety.rules import overdue

    assert overdue([country], line.checked_on + CHECK_EVERY) == ()
    assert overdue([country], line.checked_on + CHECK_EVERY + timedelta(days=1)) == (line,)


def test_every_line_can_be_said_in_words() -> None:
    page = pages.help_page("en")
    shown = [line.id for country in (page.here, *page.elsewhere) for line in country.lines]
    assert shown == [line.id for country in countries() for line in country.lines]


def test_no_two_lines_share_an_id() -> None:
    ids = [line.id for country in countries() for line in country.lines]
    assert len(set(ids)) == len(ids)


def test_the_united_states_come_first_and_stand_in_for_unknown_countries() -> None:
    assert countries()[0].code == "US"
    assert crisis_lines("gb").emergency == "999"
    assert crisis_lines("ZZ") == crisis_lines("US")


def test_a_line_is_texted_in_the_readers_language_where_it_can_be() -> None:
    line = crisis_lines("US").lines[0]
    spanish, english, french = (line.text_in(language) for language in ("es", "en", "fr"))
    assert spanish is not None
    assert spanish.word == "AYUDA"
    assert english is not None
    assert english.word == ""
    assert french == english


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"checked_on": "last week"}, "is not complete"),
        ({"checked_on": None}, "is not complete"),
        ({"call": ""}, "gives no way to reach it"),
        ({"source": ""}, "does not say where its facts come from"),
        ({"unknown": 1}, "is not complete"),
    ],
)
def test_a_line_that_cannot_be_stood_by_is_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(CrisisDataUnusable, match=complaint):
        read(**changes)


def test_a_line_that_lacks_a_fact_is_refused() -> None:
    document = {"countries": [{"code": "US", "emergency": "911", "lines": [{"id": "bare"}]}]}
    with pytest.raises(CrisisDataUnusable, match="bare"):
        read_countries(document)
