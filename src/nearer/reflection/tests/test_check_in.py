"""The check-in asks seven things, and none of them has anywhere to go."""

from __future__ import annotations

import re

from django.test import Client

from nearer.reflection.pages.check_in import check_in_page


def test_there_are_seven_signs_each_with_three_ways_on() -> None:
    signs = check_in_page().signs
    assert len(signs) == len({sign.code for sign in signs}) == 7
    for sign in signs:
        assert sign.protects
        assert sign.skill
        assert sign.article
        assert sign.question


def test_every_form_on_the_page_stays_on_the_device(client: Client) -> None:
    page = client.get("/check-in/").content.decode()
    for form in re.findall(r"<form[^>]*>", page):
        assert "action" not in form
        assert "method" not in form
    assert 'type="submit"' not in page


def test_nothing_on_the_page_is_a_score_or_a_type(client: Client) -> None:
    page = client.get("/check-in/").content.decode().casefold()
    for word in ("your score", "your total", "attachment style", "you are avoidant", "out of 7"):
        assert word not in page


def test_the_short_screens_are_scored_as_published() -> None:
    page = check_in_page()
    assert [(screen.code, len(screen.questions), screen.cut_off) for screen in page.screens] == [
        ("phq2", 2, 3),
        ("gad2", 2, 3),
    ]
    assert len(page.days) == 4


def test_the_safety_box_stands_before_the_first_question(client: Client) -> None:
    page = client.get("/check-in/").content.decode()
    assert page.index("Being afraid of someone is something else") < page.index("Many people, few of them close")
