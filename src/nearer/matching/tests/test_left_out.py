"""Whoever has what did not fit is left out, in the answer, on their own page, and however much else is let go."""

from __future__ import annotations

import pytest

from nearer.directory.models import Trait
from nearer.matching.api import MUST, AskWish, NotMatched, explain
from nearer.matching.tests.builders import NOW, an_ask, asked, ids, projected, someone_free

pytestmark = pytest.mark.django_db


def with_style(code: str) -> int:
    therapist = someone_free(traits={"style": [code], "language": ["en"]})
    assert Trait.objects.filter(therapist=therapist, kind="style", code=code).exists()
    return therapist.pk


def test_who_has_an_avoided_trait_is_not_shown() -> None:
    direct, gentle, neither = with_style("direct"), with_style("gentle"), someone_free().pk
    projected()
    assert ids(asked()) == {direct, gentle, neither}
    assert ids(asked(avoid=(AskWish("style", ("direct",)),))) == {gentle, neither}
    assert ids(asked(avoid=(AskWish("style", ("direct", "gentle")),))) == {neither}


def test_the_page_of_who_is_left_out_says_so() -> None:
    therapist = someone_free(traits={"style": ["direct"]})
    projected()
    verdict = explain(an_ask(avoid=(AskWish("style", ("direct",)),)), therapist.npi, now=NOW)
    assert isinstance(verdict, NotMatched)
    assert verdict.kind == "excluded"


def test_letting_go_of_musts_does_not_bring_back_who_is_left_out() -> None:
    with_style("direct")
    projected()
    found = asked(wishes=(AskWish("language", ("es",), MUST),), avoid=(AskWish("style", ("direct",)),))
    assert found.total == 0
    assert found.relaxations == ()
    assert found.everything_nice is None
