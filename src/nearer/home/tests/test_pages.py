"""The pages that anyone may read leave nothing behind and promise only what is so."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from nearer.design.tests.reading import grade, words_of
from nearer.matching.api import weights

PAGES = ("/", "/how-matching-works/", "/privacy/", "/privacy/health-data/", "/accessibility/")


def text(path: str) -> str:
    return Client().get(path).content.decode()


@pytest.mark.parametrize("path", [*PAGES, *(f"/es{path}" for path in PAGES), "/robots.txt"])
def test_looking_leaves_no_cookie_and_no_row(path: str) -> None:
    # There is no mark for the database here: a query would fail the test.
    response = Client().get(path)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_a_title_and_a_description(path: str) -> None:
    page = text(path)
    assert page.count("<h1") == 1
    assert "<title>" in page
    assert '<meta name="description" content="' in page


@pytest.mark.parametrize("path", PAGES)
def test_a_reader_of_fourteen_understands_it(path: str) -> None:
    assert grade(words_of(text(path))) <= 8


def test_the_front_page_asks_who_it_is_for_and_where() -> None:
    page = text("/")
    for value in ("me", "us", "both"):
        assert f'name="who" value="{value}"' in page
    assert 'name="jurisdiction"' in page
    assert '<option value="MA">Massachusetts</option>' in page
    assert "csrfmiddlewaretoken" not in page


def test_help_and_the_box_about_fear_stand_before_any_matching() -> None:
    page = text("/")
    assert "thinking of ending your life" in page
    assert "that is not a fear of closeness" in page


def test_the_weights_shown_are_the_weights_in_force() -> None:
    page = text("/how-matching-works/")
    for criterion in ("concerns", "style", "approach", "identity", "logistics", "record"):
        assert f'<span class="weight">{round(100 * getattr(weights(), criterion))}</span>' in page


def test_people_can_write_to_whoever_answers_for_the_site(settings: Settings) -> None:
    settings.NEARER_CONTACT = "privacy@clinic.example"
    assert "mailto:privacy@clinic.example" in text("/privacy/")
    assert "mailto:privacy@clinic.example" in text("/privacy/health-data/")


def test_search_engines_are_asked_to_leave_searches_alone() -> None:
    assert "Disallow: /find/" in text("/robots.txt")


@pytest.mark.parametrize("template", ["400", "403", "403_csrf", "404", "500"])
def test_every_page_that_fails_has_a_way_on(template: str) -> None:
    from django.template.loader import render_to_string

    page = render_to_string(f"{template}.html")
    assert 'class="button" href="/"' in page
    assert page.count('href="/help-now/"') >= 2


def test_an_unknown_address_gets_a_calm_page() -> None:
    response = Client().get("/nowhere/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()
