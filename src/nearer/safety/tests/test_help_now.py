"""The page of help needs nothing and nobody: no account, form, script, cookie or database."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from nearer.design.tests.reading import grade, words_of
from nearer.safety.api import crisis_lines


@pytest.fixture
def response() -> HttpResponse:
    # There is no mark for the database here: a query would fail the test.
    answer: HttpResponse = Client().get("/help-now/")  # type: ignore[assignment]
    return answer


def test_it_leaves_nothing_behind(response: HttpResponse) -> None:
    assert response.status_code == 200
    assert not response.cookies
    assert "<form" not in response.content.decode()


def test_every_way_to_reach_a_line_is_a_link_that_a_phone_understands(response: HttpResponse) -> None:
    page = response.content.decode()
    for line in crisis_lines("US").lines:
        if line.call:
            assert f'href="tel:{re.sub("[^0-9]", "", line.call)}"' in page
        for text in line.texts[:1]:
            assert f'href="sms:{text.number}' in page


def test_a_spanish_reader_gets_the_spanish_word_to_text() -> None:
    page = Client().get("/es/help-now/").content.decode()
    assert 'href="sms:741741?body=AYUDA"' in page


def test_it_says_what_happens_and_who_does_not_watch(response: HttpResponse) -> None:
    page = response.content.decode()
    assert "What happens when you call 988" in page
    assert "nobody here watches this page" in page


def test_a_child_of_ten_can_read_it(response: HttpResponse) -> None:
    assert grade(words_of(response.content.decode())) <= 5


def test_the_box_about_fear_leads_here() -> None:
    assert 'href="/help-now/#afraid"' in Client().get("/").content.decode()
    assert 'id="afraid"' in Client().get("/help-now/").content.decode()
