"""Guesses sent all at once are judged no more often than one after the other; without turns they would be."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from nearer.accounts.doors import turns
from nearer.accounts.forms import EmailedCodeForm
from nearer.accounts.tests.builders import a_person
from nearer.accounts.tests.signing import codes_for

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

OPERATOR = "olive@staff.example.org"
GUESSES, ALLOWED = 10, 5


@pytest.fixture
def asked() -> tuple[str, str]:
    """Return the session of somebody who was sent a code, and a wrong one."""
    a_person("operator", email=OPERATOR)
    client = Client()
    client.post("/sign-in/", {"email": OPERATOR})
    wrong = (int(codes_for(OPERATOR)[-1]) + 1) % 10**8
    return client.cookies[settings.SESSION_COOKIE_NAME].value, f"{wrong:08}"


def guess(session: str, code: str) -> bool:
    """Type a code in that session; return whether it was judged."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    try:
        return "This is not the code" in client.post("/sign-in/code/", {"code": code}).content.decode()
    finally:
        connections.close_all()


def at_once(session: str, code: str) -> int:
    with ThreadPoolExecutor(GUESSES) as people:
        return sum(people.map(lambda _: guess(session, code), range(GUESSES)))


@contextmanager
def without_turns(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let everybody in at once, and judge nobody before all are there."""
    all_there, judge = Barrier(GUESSES, timeout=10), EmailedCodeForm.clean_code

    def when_all_are_there(form: EmailedCodeForm) -> str:
        all_there.wait()
        return str(judge(form))

    with monkeypatch.context() as patch:
        patch.setattr(turns, "_wait_for", lambda _: None)
        patch.setattr(EmailedCodeForm, "clean_code", when_all_are_there)
        yield


def test_in_turn_a_session_has_five_tries(asked: tuple[str, str]) -> None:
    # The fifth is judged too, and leads back to the beginning.
    assert at_once(*asked) == ALLOWED - 1


def test_control_without_turns_every_guess_is_judged(asked: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    with without_turns(monkeypatch):
        assert at_once(*asked) == GUESSES
