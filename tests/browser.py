"""A real browser for the tests: the system's Chromium, never a downloaded one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAY_OUT = (
    "The browser tests need the system's Chromium and found none. "
    "On Debian or Ubuntu run: sudo apt-get install chromium. "
    "Elsewhere install Chromium or Chrome and set CHROMIUM to its program."
)


def chromium_program() -> str | None:
    """Return the system's Chromium, or the one that `CHROMIUM` names."""
    given = os.environ.get("CHROMIUM")
    return given or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the browser's program; without one, skip here and fail where all is to be run."""
    program = chromium_program()
    if program is None and os.environ.get("CI") == "true":
        pytest.fail(WAY_OUT)
    if program is None:
        pytest.skip(WAY_OUT)
    return program


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Return one browser for the whole run; each test gets a fresh context of it by `page`."""
    from playwright.sync_api import sync_playwright  # slow to import, and few tests need it

    # Playwright keeps an event loop on this thread, which Django would otherwise take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        # Chromium's own sandbox refuses to run as root; the pages are ours.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page in a fresh context. A request that leaves the machine fails the test."""
    context = browser.new_context(locale="en-US", timezone_id="America/New_York")
    context.set_default_timeout(10_000)
    foreign: list[str] = []

    def watch(request: Request) -> None:
        if urlsplit(request.url).hostname not in {"localhost", "127.0.0.1", None}:
            foreign.append(request.url)

    context.on("request", watch)
    yield context.new_page()
    context.close()
    assert not foreign, f"the page asked another host: {foreign}"
