"""The pages that anyone may read, walked in a real browser: by eye, by ear, by keyboard, in every light."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = (
    "/",
    "/design/",
    "/design/?mistakes",
    "/help-now/",
    "/how-matching-works/",
    "/privacy/",
    "/privacy/health-data/",
    "/accessibility/",
    "/check-in/",
    "/feelings/",
    "/practice/",
    "/practice/breathing/",
    "/practice/noticing/",
    "/practice/small-steps/",
    "/practice/hard-talks/",
    "/support/",
    "/support/distance/",
    "/support/words/",
    "/support/listening/",
    "/support/together/",
    "/es/feelings/",
    "/nowhere/",
    "/es/",
    "/es/help-now/",
)
MODES: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
    "forced": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
}
# In forced colors the colors are the reader's own, and axe does not see them.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NEUTRAL = "https://www.weather.gov/"


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """Return a page that may leave for the neutral site, which is played by this test."""
    context = browser.new_context()
    context.set_default_timeout(10_000)
    context.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="Sunny", content_type="text/plain"))
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("mode", MODES)
def test_every_page_can_be_read_by_everyone(browser: Browser, live_server: LiveServer, mode: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # large, and needed here alone

    context = browser.new_context(reduced_motion="reduce", **MODES[mode])
    page, complaints, foreign = context.new_page(), list[str](), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if "404" not in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request", lambda request: foreign.append(request.url) if not request.url.startswith(live_server.url) else None
    )
    for path in PAGES:
        page.goto(live_server.url + path)
        found = Axe().run(page, options={**RULES, "rules": {"color-contrast": {"enabled": mode != "forced"}}})
        assert not found.response["violations"], f"{path} in {mode}: {found.generate_report()}"
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} is {overflow} px wider than a window of {MODES[mode]['viewport']['width']}"
    assert not context.cookies()
    context.close()
    assert not foreign
    assert not complaints


def test_leaving_is_the_first_stop_of_the_keyboard(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/help-now/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('[data-quick-exit]')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_leaving_stays_in_view_however_far_one_reads(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/help-now/")
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    box = page.locator("[data-quick-exit]").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 640 - box["height"]
    assert box["height"] >= 44


def test_leaving_by_the_link_does_not_leave_the_page_behind_the_back_button(
    visitor: Page, live_server: LiveServer
) -> None:
    visitor.goto(f"{live_server.url}/privacy/")
    visitor.goto(f"{live_server.url}/help-now/")
    visitor.locator("[data-quick-exit]").click()
    visitor.wait_for_url(NEUTRAL)
    visitor.go_back()
    assert visitor.url.endswith("/privacy/")


def test_shift_three_times_leaves(visitor: Page, live_server: LiveServer) -> None:
    visitor.goto(f"{live_server.url}/help-now/")
    for _ in range(3):
        visitor.keyboard.press("Shift")
    visitor.wait_for_url(NEUTRAL)


def test_typing_capitals_does_not_leave(visitor: Page, live_server: LiveServer) -> None:
    visitor.goto(f"{live_server.url}/help-now/")
    for letter in "ABC":
        visitor.keyboard.press(f"Shift+{letter}")
    visitor.wait_for_timeout(100)
    assert visitor.url.endswith("/help-now/")


def test_leaving_works_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="Sunny", content_type="text/plain"))
    page = context.new_page()
    page.goto(f"{live_server.url}/help-now/")
    page.locator("[data-quick-exit]").click()
    page.wait_for_url(NEUTRAL)
    context.close()


def test_mistakes_take_the_focus_and_lead_to_what_is_to_mend(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/design/?mistakes")
    assert page.evaluate("document.activeElement.matches('.error-summary')")
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_name"
    assert page.title().startswith("Error: ")


def test_what_the_keyboard_reaches_is_never_hidden_under_the_way_out(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/help-now/")
    hidden = """() => {
        const [one, exit] = [document.activeElement, document.querySelector('[data-quick-exit]')].map(
            (each) => each.getBoundingClientRect());
        const corners = [[one.left + 4, one.top + 4], [one.right - 4, one.top + 4],
                         [one.left + 4, one.bottom - 4], [one.right - 4, one.bottom - 4]];
        return corners.every(([x, y]) => x > exit.left && x < exit.right && y > exit.top && y < exit.bottom);
    }"""
    page.keyboard.press("Tab")
    for _ in range(40):
        page.keyboard.press("Tab")
        if not page.evaluate("document.activeElement.matches('[data-quick-exit], body')"):
            assert not page.evaluate(hidden), page.evaluate("document.activeElement.outerHTML")
