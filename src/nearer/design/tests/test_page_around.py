"""What stands around every page: leaving, skipping, help, another language."""

from __future__ import annotations

import re

from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation


def links(page: str) -> list[str]:
    return re.findall(r"<a [^>]*>", page.partition("<body")[2])


def test_leaving_is_the_first_thing_in_focus_order_and_a_plain_link() -> None:
    first = links(Client().get("/design/").content.decode())[0]
    assert "data-quick-exit" in first
    assert 'href="https://' in first
    assert 'rel="noreferrer nofollow"' in first


def test_skipping_to_the_main_part_comes_second() -> None:
    page = Client().get("/design/").content.decode()
    assert 'href="#main"' in links(page)[1]
    assert 'id="main"' in page


def test_help_is_one_link_away_and_leaving_says_what_it_cannot_do() -> None:
    page = Client().get("/design/").content.decode()
    assert 'href="/help-now/"' in page
    assert "cannot clear your browser’s history" in page


def test_the_language_is_chosen_by_address() -> None:
    english, spanish = (Client().get(path).content.decode() for path in ("/design/", "/es/design/"))
    assert 'href="/es/design/" hreflang="es" lang="es">Español' in english
    assert 'href="/design/" hreflang="en" lang="en">English' in spanish
    assert '<html lang="es">' in spanish


def test_the_language_never_depends_on_the_browser() -> None:
    page = Client(headers={"accept-language": "es"}).get("/design/").content.decode()
    assert '<html lang="en">' in page


def test_a_page_can_be_drawn_without_a_request() -> None:
    page = render_to_string("500.html")
    assert 'href="/es/"' in page
    with translation.override("es"):
        assert 'href="/"' in render_to_string("500.html")


def test_the_journey_says_in_words_where_it_is() -> None:
    page = render_to_string("design/journey.html", {"step": 2, "steps": 5, "label": "Choose a time"})
    assert "Step 2 of 5: Choose a time" in page
    assert 'aria-hidden="true"' in page


def test_the_circles_are_drawn_alike_where_decimals_have_commas() -> None:
    english = render_to_string("design/journey.html", {"step": 2, "steps": 6})
    with translation.override("es"):
        spanish = render_to_string("design/journey.html", {"step": 2, "steps": 6})
    assert re.findall(r"<circle[^>]*>", english) == re.findall(r"<circle[^>]*>", spanish)
