"""Practices say what they are for, press nobody, and have nowhere to send anything."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from nearer.reflection.pages import practice

PATHS = (
    "/practice/",
    "/practice/breathing/",
    "/practice/noticing/",
    "/practice/small-steps/",
    "/practice/hard-talks/",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_practice_can_be_read_and_leaves_nothing_behind(client: Client, path: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert not response.cookies
    for form in re.findall(r"<form[^>]*>", page):
        assert "action" not in form
        assert "method" not in form


@pytest.mark.parametrize("path", [path for path in PATHS if "breathing" not in path])
def test_wherever_closeness_is_practised_being_afraid_of_someone_is_named(client: Client, path: str) -> None:
    assert "Being afraid of someone is something else" in client.get(path).content.decode()


def test_breathing_holds_no_breath(client: Client) -> None:
    page = client.get("/practice/breathing/").content.decode()
    assert "without holding" in page
    assert "hold your breath" not in page


def test_it_is_said_plainly_that_one_good_talk_does_not_last(client: Client) -> None:
    assert "One good talk" in client.get("/practice/small-steps/").content.decode()


def test_five_kinds_of_hard_talk_have_parts_with_names_of_their_own() -> None:
    assert len(practice.HARD_TALKS) == 5
    codes = [part.code for talk in practice.HARD_TALKS for part in talk.parts]
    assert len(codes) == len(set(codes))
    assert all(part.sentences for talk in practice.HARD_TALKS for part in talk.parts)


def test_every_exercise_says_that_one_may_stop_or_turn_back() -> None:
    assert len(practice.EXERCISES) >= 4
    assert all(3 <= len(exercise.steps) <= 6 for exercise in practice.EXERCISES)
