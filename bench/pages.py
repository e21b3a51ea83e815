"""How much a visitor downloads for the front page and for an answer: every byte, compressed, in a real browser."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.browser import WAY_OUT, chromium_program

from bench._site import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REACH = 60_000
ANSWER = re.compile(r"/find/[^/]+/$")


def run() -> dict[str, Any]:
    """Load each page with an empty cache and add up what came over the wire, heads and bodies."""
    with serving() as address, chromium() as browser:
        figures = {"front page, bytes": weigh(browser, address)}
        figures["answer page, bytes"] = weigh(browser, answer_address(browser, address))
    return {
        "figures": figures,
        "reach": dict.fromkeys(figures, f"<= {REACH}"),
        "met": {what: figure <= REACH for what, figure in figures.items()},
    }


def weigh(browser: Browser, address: str) -> int:
    """Return the bytes that the browser received for a page and all it asks for, favicon included."""
    context = browser.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    total = 0

    def add(event: dict[str, Any]) -> None:
        nonlocal total
        total += int(event["encodedDataLength"])

    network.on("Network.loadingFinished", add)
    page.goto(address, wait_until="networkidle")
    context.close()
    return total


def answer_address(browser: Browser, address: str) -> str:
    """Walk from the front page to an answer in a large state, as a visitor would; return its address."""
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("radio").first.check()
    page.get_by_label("Which state will you be in?").select_option("NY")
    page.get_by_role("button", name="Continue").first.click()
    page.get_by_label("The plan on your card").select_option(index=1)
    page.get_by_role("button", name="See therapists").first.click()
    page.wait_for_url(ANSWER)
    return page.url


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's browser."""
    from playwright.sync_api import sync_playwright  # comes with the tests' requirements

    program = chromium_program()
    if program is None:
        raise SystemExit(WAY_OUT)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()
