"""A therapist's calendars in a real browser: connected, read, ended; narrow and wide, light and dark, for everybody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer

from nearer.accounts.tests.builders import a_person, browser_signin
from nearer.foundation import clock
from nearer.foundation.tests.hostile import Hostile, hostile
from nearer.portal.models import Seat
from nearer.scheduling import api as scheduling
from nearer.scheduling.operations import calendars
from nearer.scheduling.tests.ics import calendar, event
from nearer.scheduling.tests.rows import a_therapist

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [(320, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
UNKNOWN = event("DTSTART;TZID=Customized Time Zone 1:20350307T090000", "DURATION:PT1H", uid="2")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hostile]:
    with hostile() as running:
        running.body = calendar(event("DTSTART:20350306T140000Z", "DURATION:PT1H"), UNKNOWN)
        monkeypatch.setattr(calendars, "DOOR", running.door)
        yield running


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def desk(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", locale="en-US"
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def looked_at(page: Page, name: str) -> None:
    """Let axe read the page, and see that it is no wider than the window."""
    from axe_playwright_python.sync_playwright import Axe  # large, and needed here alone

    if folder := os.environ.get("NEARER_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_therapist_connects_a_calendar_and_takes_a_feed_home(
    desk: Page, live_server: LiveServer, server: Hostile, request: pytest.FixtureRequest
) -> None:
    therapist_id, look = a_therapist(), request.node.callspec.id
    user_id = a_person("therapist")
    Seat.objects.create(user_id=user_id, therapist_id=therapist_id, since=clock.now())
    browser_signin(desk, live_server.url, user_id=user_id)

    desk.goto(f"{live_server.url}/desk/calendars/")
    desk.get_by_role("heading", name="Calendars", exact=True).wait_for()
    desk.get_by_label("Address of the calendar").fill("ftp://example.com/secret.ics")
    desk.get_by_role("button", name="Connect", exact=True).click()
    desk.get_by_text("must begin with https://").first.wait_for()
    looked_at(desk, f"calendars-refused-{look}")

    for path, name in (("/good", "Family"), ("/missing", "Conference rooms")):
        desk.goto(f"{live_server.url}/desk/calendars/")
        desk.get_by_label("Address of the calendar").fill(server.address(path))
        desk.get_by_label("What you call it").fill(name)
        desk.get_by_role("button", name="Connect", exact=True).click()
        desk.get_by_text(name, exact=True).wait_for()
    for card in scheduling.calendars_of(therapist_id, now=clock.now()):
        scheduling.refresh_calendar(calendar_id=card.id, now=clock.now())

    desk.get_by_label("Show clients’ initials").check()
    desk.get_by_role("button", name="Make a private address").click()
    desk.get_by_role("heading", name="Copy this address now").wait_for()
    looked_at(desk, f"calendars-{look}")
    address = desk.locator("code").inner_text()
    assert desk.context.request.get(address).status == 200

    desk.get_by_role("button", name="Disconnect – Family").click()
    desk.get_by_text("Family", exact=True).wait_for(state="detached")
    desk.get_by_role("button", name="End this address").click()
    desk.get_by_role("button", name="Make a private address").wait_for()
    assert desk.context.request.get(address).status == 404
