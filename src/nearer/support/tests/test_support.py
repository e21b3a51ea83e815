"""Safety first in both directions, freedom in every sentence, and nothing asked about the other."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from nearer.support import pages

PATHS = ("/support/", "/support/distance/", "/support/words/", "/support/listening/", "/support/together/")


@pytest.mark.parametrize("path", PATHS)
def test_every_page_puts_safety_on_it_and_leaves_nothing_behind(client: Client, path: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert "/help-now/#afraid" in page
    assert not response.cookies


@pytest.mark.parametrize("path", PATHS)
def test_no_form_has_an_address_to_go_to(client: Client, path: str) -> None:
    for form in re.findall(r"<form[^>]*>", client.get(path).content.decode()):
        assert "action" not in form
        assert "method" not in form


def test_safety_is_asked_about_in_both_directions_before_anything_is_taught(client: Client) -> None:
    page = client.get("/support/").content.decode()
    assert "I am afraid of how they react" in page
    assert "They may be afraid of me" in page
    assert page.index("They may be afraid of me") < page.index("Acknowledge, don’t force")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_asks_who_the_other_is(client: Client, path: str) -> None:
    page = client.get(path).content.decode().casefold()
    for word in ("their name", "their e-mail", "their phone", "your partner’s name"):
        assert word not in page


def test_the_sentences_offered_do_not_press() -> None:
    pieces = [str(piece) for piece, _ in pages.PRESSING]
    for sentence in (str(each).casefold() for part in pages.PARTS for each in part.sentences):
        said = sentence.replace("don’t have to", "")
        assert not [piece for piece in pieces if re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", said)], sentence


def test_what_presses_is_named_with_its_reason_in_every_pair() -> None:
    assert all(str(pair.pressure) != str(pair.freedom) for pair in pages.PAIRS)
    assert len(pages.PAIRS) >= 5


def test_the_ways_to_get_help_are_the_ways_of_a_search(client: Client) -> None:
    assert [way.who for way in pages.WAYS] == ["me", "us", "both"]
