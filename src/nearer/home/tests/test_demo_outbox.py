"""In a demonstration, outgoing mail can be read; anywhere else there is no such page."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from nearer.outbox.api import leave

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
CALENDAR = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def _demonstration(settings: Settings) -> None:
    settings.NEARER_DEMO = True


def a_message(*, key: str, body: str = "Your code is 123456.", calendar: str = "") -> None:
    with transaction.atomic():
        leave(kind="code", key=key, to="ana@example.org", subject="Your code", body=body, calendar=calendar, now=NOW)


def test_outside_a_demonstration_there_is_no_such_page(settings: Settings) -> None:
    settings.NEARER_DEMO = False
    assert Client().get("/demo/outbox/").status_code == 404
    assert Client().get("/demo/outbox/1.ics").status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("_demonstration")
def test_a_message_can_be_read() -> None:
    a_message(key="one", body="Your code is 123456.\n\n<b>It works for ten minutes.</b>")
    page = Client().get("/demo/outbox/").content.decode()
    assert "Your code is 123456." in page
    assert "&lt;b&gt;It works" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("_demonstration")
def test_its_calendar_file_can_be_taken() -> None:
    a_message(key="one", calendar=CALENDAR)
    link = re.search(r'href="(/demo/outbox/\d+\.ics)"', Client().get("/demo/outbox/").content.decode())
    assert link is not None
    response = Client().get(link[1])
    assert response["Content-Type"].startswith("text/calendar")
    assert response.content.decode() == CALENDAR


@pytest.mark.django_db
@pytest.mark.usefixtures("_demonstration")
def test_a_message_without_a_calendar_file_offers_none() -> None:
    a_message(key="one")
    assert ".ics" not in Client().get("/demo/outbox/").content.decode()
    assert Client().get("/demo/outbox/1.ics").status_code == 404
