"""The main job, in a real browser: from the front page to a confirmed time, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from nearer.care.models import Booking
from nearer.care.tests.builders import a_covered_therapist, asked, choices, code_sent
from nearer.outbox.models import Message
from nearer.outbox.tasks import deliver
from nearer.scheduling.models import Appointment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
MOST_CHOICES = 6


class Visitor:
    """Someone at the site, whose every choice is counted and whose every page can be read by all."""

    def __init__(self, page: Page, site: str, *, scripts: bool) -> None:
        self.page, self.site, self.scripts = page, site, scripts
        self.choices = 0

    def opens(self, path: str) -> None:
        self.page.goto(self.site + path)
        self.can_read()

    def picks(self, name: str, label: str) -> None:
        """Choose one of a group by keyboard: on to its label's control, and the space bar."""
        self.choices += 1
        so_called = re.compile(rf"^{re.escape(label)}\b")  # a hint may follow
        radio = self.page.get_by_role("group", name=name).get_by_role("radio", name=so_called)
        radio.focus()
        self.page.keyboard.press("Space")
        assert radio.is_checked()

    def selects(self, label: str, option: str) -> None:
        self.choices += 1
        self.page.get_by_label(label).select_option(label=option)

    def presses(self, button: str) -> None:
        """Press a button by keyboard."""
        self.choices += 1
        self.page.get_by_role("button", name=button).first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.can_read()

    def follows(self, link: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link).first.click()
        self.can_read()

    def types(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").fill(text)

    def sees(self, words: str) -> None:
        assert self.page.get_by_text(words).first.is_visible(), f"no “{words}” at {urlsplit(self.page.url).path[:40]}"

    def is_led_to(self, selector: str) -> None:
        """See that the focus is there, where scripts can tell."""
        if self.scripts:
            self.page.wait_for_function("s => document.activeElement?.matches(s)", arg=selector)

    def can_read(self) -> None:
        """Let axe read the page, and see that it is no wider than the window. Both need scripts of their own."""
        if not self.scripts:
            return
        from axe_playwright_python.sync_playwright import Axe  # large, and needed here alone

        found = Axe().run(self.page, options=RULES)
        assert not found.response["violations"], found.generate_report()
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0


@pytest.fixture(params=["with scripts", "without scripts", "on a phone"])
def visitor(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    """Return someone whose browser asks no other host, and complains of nothing."""
    scripts = request.param != "without scripts"
    size = {"width": 320, "height": 640} if request.param == "on a phone" else {"width": 1280, "height": 800}
    context = browser.new_context(
        java_script_enabled=scripts,
        reduced_motion="reduce",
        viewport=size,  # type: ignore[arg-type]
        timezone_id="America/New_York",
    )
    context.set_default_timeout(10_000)
    foreign, complaints = list[str](), list[str]()
    context.on("request", lambda it: foreign.append(it.url) if not it.url.startswith(live_server.url) else None)
    page = context.new_page()
    page.on("console", lambda it: complaints.append(it.text) if is_complaint(it) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield Visitor(page, live_server.url, scripts=scripts)
    context.close()
    assert not foreign
    assert not complaints


def is_complaint(message: ConsoleMessage) -> bool:
    """Tell whether the browser complains; that a form was refused is no complaint."""
    return message.type in {"error", "warning"} and "status of 4" not in message.text


def given_someone_in_the_network() -> str:
    """Write Ada, and return the id of the plan that pays for her, as a form sends it."""
    traits = {"language": ["en"], "concern": ["closeness"]}
    return str(a_covered_therapist(given_name="Ada", family_name="Okafor", traits=traits)[1].pk)


def when_they_look(visitor: Visitor) -> None:
    visitor.opens("/")
    visitor.picks("Who is it for?", "Me")
    visitor.selects("Which state will you be in?", "Massachusetts")
    visitor.presses("Continue")
    visitor.selects("The plan on your card", "Harbor Silver")
    visitor.presses("See therapists")
    visitor.sees("Ada Okafor")
    visitor.sees("In your plan’s network: Blue Harbor")


def when_they_say_who_they_are(visitor: Visitor) -> None:
    visitor.types(
        legal_name="Alexandra Example",
        preferred_name="Alex",
        birth_date_month="5",
        birth_date_day="17",
        birth_date_year="1990",
        email="alex@example.org",
    )
    for box in visitor.page.get_by_role("group", name="What you agree to").get_by_role("checkbox").all():
        box.focus()
        visitor.page.keyboard.press("Space")
        assert box.is_checked()
    visitor.presses("Continue")


def then_nothing_is_kept(visitor: Visitor) -> None:
    assert visitor.page.context.cookies() == []
    assert not Booking.objects.exists()
    assert not Appointment.objects.exists()


def first_time(visitor: Visitor) -> str:
    return str(visitor.page.locator("button.time").first.inner_text())


def test_from_the_front_page_to_a_confirmed_time(visitor: Visitor) -> None:
    given_someone_in_the_network()
    when_they_look(visitor)
    then_nothing_is_kept(visitor)

    visitor.presses(first_time(visitor))
    assert visitor.choices <= MOST_CHOICES
    visitor.sees("Held for you until")
    visitor.presses("Continue")
    visitor.sees("There is a problem")
    visitor.is_led_to(".error-summary")
    when_they_say_who_they_are(visitor)

    visitor.sees("Enter the code we sent you")
    visitor.is_led_to("main")
    visitor.types(code=code_sent())
    visitor.presses("Confirm the time")
    visitor.sees("Your time is confirmed")
    visitor.sees("Harbor Silver")
    assert Appointment.objects.get().status == "confirmed"

    deliver(message_id=Message.objects.get(kind="confirmed").pk)
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["alex@example.org"], "Your time is confirmed")]


def test_looking_around_before_taking_a_time(visitor: Visitor) -> None:
    given_someone_in_the_network()
    when_they_look(visitor)
    answer = visitor.page.url
    visitor.follows("Ada Okafor")
    visitor.sees("Why am I shown this?")
    visitor.page.go_back()
    assert visitor.page.url == answer
    visitor.page.reload()
    visitor.sees("Ada Okafor")
    visitor.follows("Change your answers")
    assert visitor.page.get_by_label("The plan on your card").input_value() != ""
    visitor.presses("See therapists")
    visitor.sees("Ada Okafor")
    visitor.page.go_back()
    assert visitor.page.get_by_label("The plan on your card").input_value() != "", "what was chosen is lost by Back"
    then_nothing_is_kept(visitor)


def test_a_time_that_someone_else_took_meanwhile(visitor: Visitor) -> None:
    plan = given_someone_in_the_network()
    when_they_look(visitor)
    someone_else = Client()
    theirs = asked(someone_else, plan=plan)
    someone_else.post(f"{theirs}hold/", choices(someone_else, theirs)[0], headers={"origin": "http://testserver"})
    visitor.presses(first_time(visitor))
    visitor.sees("This time was just taken")
    visitor.presses(first_time(visitor))
    visitor.sees("Held for you until")


def test_moving_then_cancelling(visitor: Visitor) -> None:
    given_someone_in_the_network()
    when_they_look(visitor)
    visitor.presses(first_time(visitor))
    when_they_say_who_they_are(visitor)
    visitor.types(code=code_sent())
    visitor.presses("Confirm the time")
    visitor.follows("Move it")
    visitor.page.get_by_role("radio").nth(3).focus()
    visitor.page.keyboard.press("Space")
    visitor.presses("Move it to this time")
    visitor.sees("Your time is confirmed")
    visitor.follows("Cancel it")
    visitor.presses("Cancel this time")
    visitor.sees("This time is cancelled")
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["cancelled", "code", "confirmed", "moved"]
