"""A therapist at work in a real browser: on a phone, by touch, by mouse, by keyboard, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from nearer.accounts.tests.builders import browser_signin
from nearer.foundation import clock
from nearer.matching.api import tally_day
from nearer.portal.models import Seat
from nearer.portal.tests.desks import a_booking, a_desk, long_over
from nearer.scheduling.models import Appointment, Hours

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
ZONE: dict[str, Any] = {"locale": "en-US", "timezone_id": "America/New_York", "reduced_motion": "reduce"}


class AtWork:
    """A therapist and their window."""

    def __init__(self, page: Page, site: str, *, scripts: bool = True) -> None:
        self.page, self.site, self.scripts = page, site, scripts

    def opens(self, path: str) -> None:
        self.page.goto(self.site + path)
        self.can_read()

    def presses(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()
        self.can_read()

    def follows(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()
        self.can_read()

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def can_read(self) -> None:
        """Let axe read the page, and see that it is no wider than the window."""
        if not self.scripts:
            return
        from axe_playwright_python.sync_playwright import Axe  # large, and needed here alone

        found = Axe().run(self.page, options=RULES)
        assert not found.response["violations"], found.generate_report()
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, self.page.url


@pytest.fixture
def therapist_id() -> int:
    return a_desk(Client(), traits={"concern": ["trust", "grief"], "language": ["en"]}).therapist.pk


def _at_work(
    browser: Browser, live_server: LiveServer, therapist_id: int, window: dict[str, Any], *, scripts: bool = True
) -> Iterator[AtWork]:
    context = browser.new_context(java_script_enabled=scripts, **ZONE, **window)
    context.set_default_timeout(10_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda said: wrong.append(said.text) if said.type == "error" and "422" not in said.text else None
    )
    browser_signin(page, live_server.url, user_id=Seat.objects.get(therapist_id=therapist_id).user_id)
    yield AtWork(page, live_server.url, scripts=scripts)
    context.close()
    assert not wrong, wrong


@pytest.fixture
def on_a_phone(browser: Browser, live_server: LiveServer, therapist_id: int) -> Iterator[AtWork]:
    yield from _at_work(browser, live_server, therapist_id, PHONE)


@pytest.fixture
def at_a_table(browser: Browser, live_server: LiveServer, therapist_id: int) -> Iterator[AtWork]:
    yield from _at_work(browser, live_server, therapist_id, WIDE)


@pytest.fixture
def without_scripts(browser: Browser, live_server: LiveServer, therapist_id: int) -> Iterator[AtWork]:
    yield from _at_work(browser, live_server, therapist_id, WIDE, scripts=False)


def of_day(day: int) -> list[tuple[int, int]]:
    return list(Hours.objects.filter(weekday=day).order_by("start_minute").values_list("start_minute", "end_minute"))


def cell(page: Page, day: int, minute: int) -> str:
    return f'[data-day="{day}"][data-at="{minute // 30}"]'


def test_a_booking_is_handled_on_a_phone(on_a_phone: AtWork) -> None:
    over, coming = a_booking(concern="trust"), a_booking(concern="grief")
    long_over(over.appointment_id)
    on_a_phone.opens("/desk/")
    on_a_phone.sees("Grief and loss")
    on_a_phone.presses("It took place")
    on_a_phone.sees("Noted: the session took place.")
    on_a_phone.page.locator(".session-line").first.click()
    on_a_phone.sees("What they chose to tell")
    on_a_phone.can_read()
    on_a_phone.follows("Ask for another time")
    on_a_phone.page.locator("button.time").nth(8).click()
    on_a_phone.sees("They have not answered yet.")
    on_a_phone.follows("Cancel")
    on_a_phone.sees("Nothing is owed.")
    on_a_phone.presses("Cancel the session")
    on_a_phone.sees("Cancelled. We told them")
    statuses = {
        row.pk: row.status for row in Appointment.objects.filter(hold_expires_at=None, confirmed_at__isnull=False)
    }
    assert statuses == {over.appointment_id: "completed", coming.appointment_id: "cancelled"}


def test_a_week_is_painted_by_touch(on_a_phone: AtWork) -> None:
    on_a_phone.opens("/desk/hours/")
    page = on_a_phone.page
    page.locator(cell(page, 5, 600)).tap()
    on_a_phone.sees("Now choose where it ends.")
    page.locator(cell(page, 5, 690)).tap()
    on_a_phone.sees("Painted.")
    on_a_phone.presses("Keep these hours")
    assert of_day(5) == [(600, 720)]
    on_a_phone.presses("Undo")
    assert of_day(5) == []


def test_a_week_is_painted_by_mouse_and_cleared_again(at_a_table: AtWork) -> None:
    at_a_table.opens("/desk/hours/")
    page = at_a_table.page
    page.drag_and_drop(cell(page, 6, 600), cell(page, 6, 690))
    page.drag_and_drop(cell(page, 0, 720), cell(page, 0, 750))
    at_a_table.sees("Cleared.")
    at_a_table.presses("Keep these hours")
    assert of_day(6) == [(600, 720)]
    assert of_day(0) == [(540, 720), (780, 1020)]


def test_a_week_is_painted_by_keyboard(at_a_table: AtWork) -> None:
    at_a_table.opens("/desk/hours/")
    page = at_a_table.page
    page.locator('.paint-cell[tabindex="0"]').focus()
    for key in ("ArrowRight",) * 5 + ("ArrowDown",) * 6 + ("Space",) + ("ArrowDown",) * 3 + ("Space",):
        page.keyboard.press(key)
    at_a_table.sees("Painted.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    at_a_table.sees("Nothing is chosen.")
    at_a_table.presses("Keep these hours")
    assert of_day(5) == [(600, 720)]


def test_hours_that_nobody_painted_keep_their_minutes(at_a_table: AtWork) -> None:
    Hours.objects.filter(weekday=2).update(start_minute=545, end_minute=1015)
    at_a_table.opens("/desk/hours/")
    page = at_a_table.page
    page.drag_and_drop(cell(page, 4, 720), cell(page, 4, 750))
    at_a_table.presses("Keep these hours")
    assert of_day(2) == [(545, 1015)]
    assert of_day(4) == [(540, 720), (780, 1020)]


def test_a_typed_row_is_painted(at_a_table: AtWork) -> None:
    at_a_table.opens("/desk/hours/")
    page = at_a_table.page
    page.get_by_text("Type the hours").click()
    page.locator('[name="6-0-from"]').fill("08:00")
    page.locator('[name="6-0-until"]').fill("09:30")
    page.locator('[name="6-0-until"]').blur()
    painted = page.locator('.paint-cell[data-day="6"][aria-selected="true"]').count()
    assert painted == 3


def test_hours_are_typed_without_scripts(without_scripts: AtWork) -> None:
    without_scripts.opens("/desk/hours/")
    page = without_scripts.page
    assert not page.locator("[data-paint]").is_visible()
    page.locator('[name="0-1-from"]').fill("16:00")
    page.locator('[name="0-1-until"]').fill("18:00")
    without_scripts.presses("Keep these hours")
    without_scripts.sees("two rows overlap")
    assert page.locator('[name="0-1-until"]').input_value() == "18:00"
    page.locator('[name="0-1-from"]').fill("17:30")
    without_scripts.presses("Keep these hours")
    without_scripts.sees("Your hours are kept.")
    assert of_day(0) == [(540, 1020), (1050, 1080)]


def test_the_preview_follows_what_is_typed(at_a_table: AtWork) -> None:
    at_a_table.opens("/desk/profile/")
    page = at_a_table.page
    page.get_by_label("About you").fill("I listen before I speak.")
    page.locator("#preview").get_by_text("I listen before I speak.").wait_for()
    page.locator("label.chip", has_text="Loneliness").first.click()
    page.locator("#preview").get_by_text("Loneliness").first.wait_for()


@pytest.mark.parametrize("where", ["on_a_phone", "at_a_table"])
def test_every_page_of_the_desk_can_be_read_by_all(where: str, request: pytest.FixtureRequest) -> None:
    at_work: AtWork = request.getfixturevalue(where)
    booking = a_booking()
    tally_day(now=clock.now())
    session = f"/desk/sessions/{booking.appointment_id}/"
    for page in (
        "hours",
        "days",
        "limits",
        "profile",
        "services",
        "services/couples",
        "licenses",
        "shown",
        "calendars",
    ):
        at_work.opens(f"/desk/{page}/")
    for act in ("", "cancel/", "move/", "missed/"):
        at_work.opens(session + act)
