"""The library in a real browser: read by everyone, in every light, with what machines are told beside it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.live_server_helper import LiveServer

from nearer.foundation import clock
from nearer.library.tests.texts import a_reviewer, an_article, published
from tests.test_pages_in_browser import MODES, RULES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADDRESS = "/library/small-steps/"
PAGES = (
    "/library/",
    ADDRESS,
    f"{ADDRESS}record/",
    f"/es{ADDRESS}",
    "/library/search/",
    "/library/topics/skills/",
    "/library/people/rosa-reviewer/",
)


@pytest.fixture(autouse=True)
def _shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish one article in both languages, signed by somebody who is no demonstration."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    words = "<p>Closeness grows in small steps.[^c1]</p><ul><li>One</li><li>Two</li></ul>"
    body: list[dict[str, Any]] = [
        {"type": "heading", "value": "Why small"},
        {"type": "prose", "value": words},
        *({"type": "callout", "value": {"kind": kind, "text": words}} for kind in ("safety", "try-this")),
        {"type": "callout", "value": {"kind": "ask-a-therapist", "text": words}},
    ]
    a_reviewer()
    for language in ("en", "es"):
        drawn = {"picture": "low-steps", "picture_alt": "Low steps"}
        published(an_article(language=language, body=body, topics=["skills"], series="start-here", **drawn), NOW)


@pytest.mark.parametrize("mode", MODES)
def test_every_page_of_the_library_can_be_read_by_everyone(
    browser: Browser, live_server: LiveServer, mode: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # large, and needed here alone

    context = browser.new_context(reduced_motion="reduce", **MODES[mode])
    page, complaints, foreign = context.new_page(), list[str](), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request", lambda request: foreign.append(request.url) if not request.url.startswith(live_server.url) else None
    )
    for path in PAGES:
        answer = page.goto(live_server.url + path)
        assert answer is not None
        assert answer.status == 200, path
        found = Axe().run(page, options={**RULES, "rules": {"color-contrast": {"enabled": mode != "forced"}}})
        assert not found.response["violations"], f"{path} in {mode}: {found.generate_report()}"
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} is {overflow} px wider than its window"
    assert not context.cookies()
    context.close()
    assert not foreign
    assert not complaints


def test_what_machines_are_told_breaks_no_policy(page: Page, live_server: LiveServer) -> None:
    page.add_init_script("addEventListener('securitypolicyviolation', (e) => (window.violated = e.violatedDirective))")
    page.goto(live_server.url + ADDRESS)
    told = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    assert told["lastReviewed"] == "2026-11-23"
    assert page.evaluate("window.violated") is None


def test_a_note_is_reached_and_left_by_keyboard(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + ADDRESS)
    page.get_by_role("link", name="Note 1").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "claim-c1"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#mark-c1"
    page.keyboard.press("Enter")
    assert page.url.endswith("#mark-c1")


def test_a_line_is_no_longer_than_72_letters(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(live_server.url + ADDRESS)
    width = page.evaluate("""() => {
        const text = document.querySelector('.article-text'), line = document.createElement('p');
        line.textContent = 'Closeness grows in small steps, and you may stop at any of them. '.repeat(9);
        text.append(line);
        const range = document.createRange(), lines = {};
        for (let place = 0; place < line.firstChild.length; place += 1) {
            range.setStart(line.firstChild, place);
            range.setEnd(line.firstChild, place + 1);
            const row = Math.round(range.getBoundingClientRect().top);
            lines[row] = (lines[row] ?? 0) + 1;
        }
        return Math.max(...Object.values(lines));
    }""")
    assert 60 <= width <= 74  # the space at the end of a line counts here


def test_somebody_finds_an_article_with_a_slip_in_the_word(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/library/")
    page.get_by_label("Look for").fill("closenes")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/library/search/")
    page.get_by_role("link", name="Small steps").click()
    page.wait_for_url(f"**{ADDRESS}")


def test_on_paper_there_is_the_text_and_nothing_to_press(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + ADDRESS)
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Why small").is_visible()
    assert not page.locator(".article-index").is_visible()
    assert not page.locator(".article-step").is_visible()
