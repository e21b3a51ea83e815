"""Two browsers side by side: a couple in two states books one time, and somebody else their own beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from pytest_django.live_server_helper import LiveServer

from nearer.care.models import Booking, Couple
from nearer.care.tests.builders import code_sent, someone_free
from nearer.care.tests.couples import for_couples
from nearer.outbox.models import Message
from nearer.scheduling.models import Appointment, Attendance
from tests.test_journey_in_browser import Visitor, is_complaint

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALEX, SAM, KIM = "alex@example.org", "sam@example.net", "kim@example.com"


@contextmanager
def a_visitor(browser: Browser, site: str, *, width: int, zone: str) -> Iterator[Visitor]:
    """Open a browser window of somebody's own: nothing in it is shared with another."""
    context = browser.new_context(
        reduced_motion="reduce", viewport={"width": width, "height": 800}, timezone_id=zone, locale="en-US"
    )
    context.set_default_timeout(15_000)
    foreign, complaints = list[str](), list[str]()
    context.on("request", lambda it: foreign.append(it.url) if not it.url.startswith(site) else None)
    page = context.new_page()
    # A font that is preloaded counts as unused where somebody waits while the others go on.
    page.on("console", lambda it: complaints.append(it.text) if is_complaint(it) and "preload" not in it.text else None)
    yield Visitor(page, site, scripts=True)
    context.close()
    assert not foreign
    assert not complaints


def looks(visitor: Visitor, who: str, service: str, state: str) -> None:
    visitor.opens("/find/")
    visitor.picks("Who is it for?", who)
    visitor.selects("Which state will you be in?", state)
    visitor.presses("Continue")
    visitor.selects("The plan on your card", "I’ll pay myself")
    visitor.presses("See therapists")
    with visitor.page.expect_navigation():
        visitor.page.locator(f"form:has([name=service][value={service}]) button.time").first.click()
    visitor.can_read()


def signs_up(visitor: Visitor, name: str, email: str) -> None:
    visitor.types(
        legal_name=name,
        email=email,
        birth_date_month="5",
        birth_date_day="17",
        birth_date_year="1990",
    )
    for box in visitor.page.locator("input[name^=consent_][required]").all():
        box.check()
    visitor.presses("Continue")
    visitor.types(code=code_sent())
    button = "Continue" if visitor.page.get_by_role("button", name="Continue").count() else "Confirm the time"
    visitor.presses(button)


def speaks_alone(visitor: Visitor, answer: str) -> None:
    visitor.sees("One question, for you alone")
    visitor.picks("Is there anything that would make it unsafe", answer)
    visitor.presses("Continue")


def link_to(email: str, path: str) -> str:
    """Return the newest link of a kind that somebody was sent."""
    for message in Message.objects.order_by("-created_at"):
        found = re.search(rf"https?://[^/\s]+(/{path}/\S+)", message.body)
        if message.to == email and found is not None:
            return found[1]
    raise AssertionError("nothing was sent")


def text_of(visitor: Visitor) -> str:
    return visitor.page.locator("main").inner_text()


def test_a_couple_in_two_states_books_side_by_side_with_one_who_comes_alone(
    browser: Browser, live_server: LiveServer
) -> None:
    for_couples(given_name="Ada", family_name="Okafor")
    someone_free(given_name="Ben", family_name="Moreau", licensed_in=["NY"])
    site = live_server.url
    with (
        a_visitor(browser, site, width=1280, zone="America/New_York") as alex,
        a_visitor(browser, site, width=390, zone="America/Los_Angeles") as sam,
        a_visitor(browser, site, width=320, zone="America/New_York") as kim,
    ):
        looks(alex, "The two of us", "couples", "Massachusetts")
        signs_up(alex, "Alexandra Example", ALEX)
        looks(kim, "Me", "individual", "New York")
        speaks_alone(alex, "I’m not sure")
        alex.types(email=SAM)
        alex.presses("Keep the time and send the link")
        alex.sees("Waiting for the other person")

        sam.opens(link_to(SAM, "partner"))
        sam.sees("Someone asks whether this time suits you")
        sam.selects("Which state will you be in?", "New York")
        sam.presses("Continue")
        sam.selects("The plan on your card", "I’ll pay myself")
        sam.presses("Continue")
        signs_up(sam, "Samira Sample", SAM)
        signs_up(kim, "Kim Specimen", KIM)
        kim.sees("Your time is confirmed")

        alex.opens(link_to(ALEX, "booking"))
        alex.sees("Waiting for the other person")
        speaks_alone(sam, "Yes")
        sam.sees("Does this time suit you?")
        asks_for_another(sam)
        sam.sees("Waiting for the other person")
        alex.opens(link_to(ALEX, "booking"))
        alex.sees("Another time is asked for")
        for words in ("Samira", SAM, "New York"):
            assert words not in text_of(alex)
        alex.presses("Yes, take this time")
        alex.sees("Your time is confirmed")
        sam.opens(link_to(SAM, "booking"))
        sam.sees("Your time is confirmed")
        for words in ("Alexandra", ALEX, "Massachusetts"):
            assert words not in text_of(sam)
    then_everyone_has_their_own()


def asks_for_another(visitor: Visitor) -> None:
    visitor.follows("Ask for another time")
    with visitor.page.expect_navigation():
        visitor.page.locator("button.time").nth(4).click()
    visitor.can_read()


def then_everyone_has_their_own() -> None:
    assert Couple.objects.get().status == "ready"
    assert sorted(Appointment.objects.filter(status="confirmed").values_list("service", flat=True)) == [
        "couples",
        "individual",
    ]
    assert Appointment.objects.filter(status="held").count() == 0
    assert Booking.objects.filter(appointment__status="confirmed").count() == 3
    assert Attendance.objects.filter(status="confirmed").count() == 3
    assert not mail.outbox or all("herap" not in message.subject for message in mail.outbox)
