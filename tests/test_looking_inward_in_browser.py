"""Looking inward on one's own device: the check-in and the map of feelings, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def asked(page: Page) -> list[str]:
    """Return every request that the page makes once it is loaded."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


def test_the_result_gives_back_what_was_often_so_and_sends_nothing(
    page: Page, live_server: LiveServer, asked: list[str]
) -> None:
    page.goto(f"{live_server.url}/check-in/")
    page.wait_for_load_state("networkidle")
    asked.clear()
    page.check("input[name=surface][value=often]")
    page.check("input[name=trust][value=almost_always]")
    page.check("input[name=known][value=seldom]")
    page.click("[data-show]")
    told = page.locator("[data-about]:visible")
    assert told.count() == 2
    assert "You said: Often" in told.nth(0).inner_text()
    assert "Almost always" in told.nth(1).inner_text()
    assert not asked
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not page.context.cookies()


def test_none_of_these_fit_is_an_answer(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/check-in/")
    page.check("input[name=none]")
    page.click("[data-show]")
    assert page.locator("[data-nothing=none]").is_visible()
    assert page.locator("[data-about]:visible").count() == 0


def test_an_answer_can_be_taken_back_and_all_of_them_cleared(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/check-in/")
    page.check("input[name=surface][value=often]")
    page.locator("[data-sign=surface] [data-skip]").click()
    assert page.locator("input[name=surface]:checked").count() == 0
    page.check("input[name=trust][value=often]")
    page.click("[data-show]")
    page.click("[data-clear]")
    assert page.locator("input:checked").count() == 0
    assert page.locator("[data-result]").is_hidden()


@pytest.mark.parametrize(("answers", "shown"), [((1, 2), "high"), ((1, 1), "low"), ((3, None), "")])
def test_a_clinician_comes_first_from_three_on_for_complete_answers_only(
    page: Page, live_server: LiveServer, answers: tuple[int | None, ...], shown: str
) -> None:
    page.goto(f"{live_server.url}/check-in/")
    page.locator(".screens summary").click()
    for number, answer in enumerate(answers, start=1):
        if answer is not None:
            page.check(f"input[name=phq2-{number}][value='{answer}']")
    page.click("[data-show]")
    visible = [each for each in ("high", "low") if page.locator(f"[data-screened={each}]").is_visible()]
    assert visible == ([shown] if shown else [])


def test_one_question_at_a_time_can_be_walked_by_keyboard_alone(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/check-in/")
    page.locator("[data-one-by-one]").press("Enter")
    for _ in range(7):
        assert page.locator(".sign:visible").count() == 1
        page.keyboard.press("Space")
        page.locator("[data-steps] button").nth(1).press("Enter")
    page.locator("[data-steps] button").nth(1).press("Enter")
    assert page.locator("[data-result]").is_visible()


def test_without_javascript_the_check_in_is_a_page_to_print(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/check-in/")
    assert page.locator("[data-about]:visible").count() == 7
    assert page.locator("button:visible").count() == 0
    assert page.get_by_text("you can print this page").is_visible()
    context.close()


def test_two_taps_note_a_feeling(page: Page, live_server: LiveServer, asked: list[str]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/feelings/")
    page.wait_for_load_state("networkidle")
    asked.clear()
    page.locator("[data-map]").evaluate("map => map.scrollIntoView({block: 'center', behavior: 'instant'})")
    box = page.locator("[data-feeling=tender] circle").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 4, box["y"] + 4)
    assert page.locator("[data-card] .feeling-word").inner_text() == "tender"
    page.click("[data-note]")
    assert page.locator("[data-noted-list] li").inner_text().startswith("tender")
    assert not asked


def test_the_arrow_keys_lead_from_word_to_word(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/feelings/")
    first = page.locator("[data-map] a").first
    first.focus()
    seen = {first.get_attribute("data-feeling")}
    for key in ("ArrowDown", "ArrowLeft", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.dataset.feeling"))
    assert len(seen) == 5
    page.keyboard.press("Enter")
    assert page.locator("[data-card]").is_visible()
    assert page.locator("[data-map] a[tabindex='0']").count() == 1


def test_a_word_is_found_by_what_it_is_like_without_its_accents(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/es/feelings/")
    page.fill("#find", "anoranza")
    shown = page.locator("[data-word]:visible summary").all_inner_texts()
    assert "añoranza" in shown
    assert len(shown) < 10


def test_words_of_ones_own_can_be_added_and_removed(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/feelings/")
    page.fill("#own", "foggy-bright 🌫")
    page.locator("#own").press("Enter")
    assert page.locator("[data-noted-list] li").count() == 1
    page.locator("[data-noted-list] button").click()
    assert page.locator("[data-noted-list] li").count() == 0


def test_without_javascript_a_dot_leads_to_its_words(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/feelings/#tender")
    assert page.locator("#tender").is_visible()
    context.close()
