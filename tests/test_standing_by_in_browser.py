"""Standing by someone, in a real browser: a plan, a calendar file made on the device, words that do not press."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_calendar_file_says_only_what_its_writer_wrote(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/support/distance/")
    today = date.fromisoformat(page.evaluate("new Date().toLocaleDateString('sv')"))
    again = today + timedelta(days=42)
    page.fill("#stop", "asking what is wrong")
    page.fill("#called", "Water; the plants, twice – 🌱")
    page.fill("#again", again.isoformat())
    page.check("input[name=rhythm][value='2']")
    with page.expect_download() as download:
        page.click("[data-calendar]")
    assert download.value.suggested_filename == "reminder.ics"
    text = Path(download.value.path()).read_bytes()
    assert b"asking" not in text
    assert max(map(len, text.split(b"\r\n"))) <= 75
    last, rhythm = Calendar.from_ical(text).walk("VEVENT")
    assert str(last["SUMMARY"]) == "Water; the plants, twice – 🌱"
    assert last["DTSTART"].dt == again
    assert rhythm["DTSTART"].dt == today + timedelta(days=14)
    assert rhythm["RRULE"]["INTERVAL"] == [2]


@pytest.mark.parametrize(("when", "says"), [(None, "Choose a date"), (timedelta(days=-1), "is past")])
def test_a_date_that_makes_no_sense_is_asked_for_again(
    page: Page, live_server: LiveServer, when: timedelta | None, says: str
) -> None:
    page.goto(f"{live_server.url}/support/distance/")
    page.fill("#keep", "the film on Friday")
    if when is not None:
        page.fill("#again", (date.today() + when).isoformat())
    page.click("[data-calendar]")
    assert says in page.locator("[data-problem]").inner_text()
    assert page.locator("#keep").input_value() == "the film on Friday"


def test_ticks_and_own_words_become_something_sayable(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/support/words/")
    page.locator("input[name=notice]").first.check()
    assert "they are free" in page.locator("[data-notes]").inner_text()
    page.fill("#own-free", "I’m in the kitchen.")
    assert page.locator("[data-said]").input_value() == "You’ve been quiet since the weekend. I’m in the kitchen."
    assert not page.locator("[data-notes] li").count()


def test_pressure_is_named_kindly_and_nothing_is_taken_away(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/support/words/")
    page.fill("[data-said]", "Why do you always leave?")
    notes = page.locator("[data-notes]").inner_text()
    assert "“Why”" in notes
    assert "“Always”" in notes
    assert page.locator("[data-said]").input_value() == "Why do you always leave?"
    page.fill("[data-said]", "Your whymsy is nevertheless welcome.")
    assert not page.locator("[data-notes] li").count()
