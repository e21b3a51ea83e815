"""What the pages of a search say: what was asked, what is shared, and what helps where nobody fits."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from nearer.care.tests.builders import asked, someone_free

pytestmark = pytest.mark.django_db


def test_the_first_step_can_be_changed_with_the_rest_as_it_was(client: Client) -> None:
    ask = f"{asked(client, who='us', concern=['trust'])}ask/"
    page = client.get(ask).content.decode()
    assert "For the two of us, in Massachusetts." in page or "For the two of you, in Massachusetts." in page
    found = re.search(r'href="([^"]+/start/)"', page)
    assert found is not None
    first = client.get(found[1]).content.decode()
    assert re.search(r'value="us"[^>]*checked', first)
    assert re.search(r'value="MA"[^>]*selected', first)
    there = client.post(found[1], {"who": "me", "jurisdiction": "NY"}).headers["Location"]
    again = client.get(there).content.decode()
    assert "For you, in New York." in again
    assert re.search(r'value="trust"[^>]*checked', again)
    assert "partner" not in again


def test_what_all_who_are_shown_share_is_said_once(client: Client) -> None:
    for name in ("Ada", "Ben"):
        someone_free(given_name=name)
    page = client.get(asked(client)).content.decode()
    assert "All are licensed in Massachusetts, open to people" in page
    assert "Why you see them" not in page
    assert page.count("Licensed in Massachusetts <span") == 2, "each fact's day stays within reach"


def test_what_was_asked_is_there_to_read(client: Client) -> None:
    answer = asked(client, language=["es"], language_strength="must", approach=["emdr"], times=["weekend"])
    page = client.get(answer).content.decode()
    for tag in ("Must: Spanish", "if possible", "Only weekends"):
        assert tag in page


def test_where_no_single_change_helps_there_is_still_a_way_on(client: Client) -> None:
    someone_free(given_name="Ada")
    musts: dict[str, Any] = {
        "language": ["ko"],
        "language_strength": "must",
        "approach": ["emdr"],
        "approach_strength": "must",
    }
    page = client.get(asked(client, **musts)).content.decode()
    assert "No single change would help." in page
    assert "Help is here now." in page
    found = re.search(r'href="([^"]+)">Treat all my musts as nice to have: 1 person</a>', page)
    assert found is not None
    assert "Ada Rivera" in client.get(found[1]).content.decode()


def test_a_page_of_a_search_has_a_title_that_tells_nothing(client: Client) -> None:
    therapist = someone_free()
    answer = asked(client)
    them = f"therapists/{therapist.npi}/"
    titles = {"": "Choose a time", "all/individual/1/": "Everyone who fits", them: "About them"}
    for path, title in titles.items():
        assert f"<title>{title} – Nearer" in client.get(f"{answer}{path}").content.decode()


def test_in_person_says_in_which_town(client: Client) -> None:
    someone_free(places_in=["MA"])
    page = client.get(asked(client, modality="in_person")).content.decode()
    assert "In person in Springfield, MA" in page


@pytest.mark.parametrize("field", ["age", "partner_age"])
def test_being_young_is_no_mistake(client: Client, field: str) -> None:
    ask = client.post("/find/", {"who": "us", "jurisdiction": "MA"}).headers["Location"]
    said = {"plan": "self", "age": "adult", "partner_age": "adult", "partner_jurisdiction": "MA", field: "under"}
    page = client.post(ask, said).content.decode()
    assert "A school counselor." in page
    assert "There is a problem" not in page


def test_what_was_asked_says_and_and_or_as_a_must_counts(client: Client) -> None:
    said: dict[str, Any] = {"language": ["es", "ko"], "concern": ["trust", "anxiety"], "language_strength": "must"}
    page = client.get(asked(client, **said)).content.decode()
    assert "Must: Spanish or Korean" in page
    assert "Trusting others and Anxiety, if possible" in page
