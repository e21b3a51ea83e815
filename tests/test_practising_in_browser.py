"""Practices in a real browser: pacing, the question before a step, and sentences that stay one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_a_step_that_could_be_a_risk_is_no_task(page: Page, live_server: LiveServer, answer: str) -> None:
    page.goto(f"{live_server.url}/practice/small-steps/")
    page.fill("#step", "say that I am scared")
    page.keyboard.press("Enter")
    page.locator("[data-steps] button").first.click()
    assert page.locator("[data-safe]").is_hidden()
    page.check(f"input[name=risk][value={answer}]")
    assert page.locator("[data-unsafe]").is_visible()
    assert page.locator("[data-safe]").is_hidden()
    page.check("input[name=risk][value=no]")
    assert page.locator("[data-safe]").is_visible()
    assert page.locator("[data-unsafe]").is_hidden()


def test_another_step_is_asked_about_anew(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/practice/small-steps/")
    for text, fear in (("tell a secret", "9"), ("ask for a pen", "1")):
        page.fill("#step", text)
        page.select_option("#fear", fear)
        page.click("[data-add]")
    assert page.locator("[data-steps] li").first.inner_text().startswith("ask for a pen")
    page.locator("[data-steps] button").nth(0).click()
    page.check("input[name=risk][value=no]")
    page.locator("[data-steps] button").nth(2).click()
    assert page.locator("[data-picked]").inner_text() == "tell a secret"
    assert page.locator("[data-safe]").is_hidden()


def test_the_breath_is_led_in_and_out_and_stops_at_once(page: Page, live_server: LiveServer) -> None:
    page.clock.install()
    page.goto(f"{live_server.url}/practice/breathing/")
    page.click("[data-start]")
    page.clock.run_for(500)
    assert page.locator("[data-word]").inner_text() == "Breathe in"
    page.clock.run_for(4_000)
    assert page.locator("[data-word]").inner_text() == "Breathe out, slowly"
    page.click("[data-start]")
    assert page.locator("[data-word]").inner_text() == "Ready when you are"
    page.click("[data-start]")
    page.clock.run_for(301_000)
    assert "any answer is right" in page.locator("[data-word]").inner_text()
    assert page.locator("[data-start]").inner_text() == "Start"


def test_circles_stand_still_for_who_wants_no_motion(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{live_server.url}/practice/breathing/")
    assert not page.is_checked("[data-motion]")
    before = page.locator("[data-one]").get_attribute("cx")
    page.click("[data-start]")
    page.wait_for_timeout(300)
    assert page.locator("[data-one]").get_attribute("cx") == before
    context.close()


def test_a_hard_talk_is_built_from_ticks_and_own_words(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/practice/hard-talks/")
    page.fill("#own-when", "the door slammed")
    page.check("input[name=feel][value=worried]")
    said = page.locator("#saidi-statement")
    assert said.input_value() == "When the door slammed, I feel worried."
    said.fill("My own words.")
    page.fill("#own-like", "a quiet evening")
    assert said.input_value() == "When the door slammed, I feel worried. I would like a quiet evening."
