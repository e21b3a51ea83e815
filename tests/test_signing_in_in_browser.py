"""Signing in on a phone, in a real browser with a passkey of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from pytest_django.live_server_helper import LiveServer

from nearer.accounts.api import person
from nearer.accounts.tests.builders import a_person, browser_signin
from nearer.accounts.tests.signing import app_shows, codes_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPERATOR = "olive@staff.example.org"
PHONE = {"width": 390, "height": 844}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Return a page the size of a phone. A complaint of the browser fails the test."""
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce", locale="en-US")  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def with_passkeys(phone: Page) -> Page:
    """Return a phone that makes and keeps passkeys, with a finger always on it."""
    devtools = phone.context.new_cdp_session(phone)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return phone


def first_step(page: Page, site: str) -> None:
    page.goto(f"{site}/operator/")
    page.get_by_label("E-mail").fill(OPERATOR)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Enter the code").wait_for()
    page.get_by_label("Eight-digit code").fill(codes_for(OPERATOR)[-1])
    page.get_by_role("button", name="Continue").click()


def test_somebody_new_makes_a_passkey_and_next_time_needs_no_code(with_passkeys: Page, live_server: LiveServer) -> None:
    page = with_passkeys
    a_person("operator", email=OPERATOR, factor=False)
    first_step(page, live_server.url)
    page.get_by_role("heading", name="Set up a second step").wait_for()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What do you want to call it?").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert page.locator(".codes li").count() == 10
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("heading", name="The network").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="The network").wait_for()


def test_a_passkey_is_the_second_step_after_a_code(with_passkeys: Page, live_server: LiveServer) -> None:
    page = with_passkeys
    user_id = browser_signin(page, live_server.url)
    page.goto(f"{live_server.url}/account/passkeys/add/")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/operator/")
    page.get_by_label("E-mail").fill(email_of(user_id))
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Eight-digit code").fill(codes_for(email_of(user_id))[-1])
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Now your second step").wait_for()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="The network").wait_for()


def test_a_device_that_does_not_check_who_holds_it_makes_no_passkey(phone: Page, live_server: LiveServer) -> None:
    devtools = phone.context.new_cdp_session(phone)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**AUTHENTICATOR, "hasUserVerification": False, "isUserVerified": False}},
    )
    browser_signin(phone, live_server.url)
    phone.goto(f"{live_server.url}/account/passkeys/add/")
    phone.get_by_role("button", name="Add a passkey").click()
    phone.get_by_text("No passkey was made.").wait_for()


def test_what_a_passkey_said_once_is_worth_nothing_twice(with_passkeys: Page, live_server: LiveServer) -> None:
    page, said = with_passkeys, list[str]()
    browser_signin(page, live_server.url)
    page.goto(f"{live_server.url}/account/passkeys/add/")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("button", name="Sign out").click()
    page.on("request", lambda request: said.append(request.post_data or "") if "passkey" in request.url else None)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="The network").wait_for()
    credential = parse_qs(next(each for each in said if "credential" in each))["credential"][0]
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Use a passkey").wait_for()
    page.evaluate(
        """credential => {
            const form = document.querySelector("form[data-passkey]");
            form.elements.namedItem("credential").value = credential;
            HTMLFormElement.prototype.submit.call(form);
        }""",
        credential,
    )
    page.get_by_text("That passkey did not work here.").wait_for()


def email_of(user_id: int) -> str:
    return person(user_id).email


def test_an_app_is_set_up_by_typing_its_key_and_then_asked_for(phone: Page, live_server: LiveServer) -> None:
    a_person("operator", email=OPERATOR, factor=False)
    first_step(phone, live_server.url)
    phone.get_by_role("link", name="Add an authenticator app").click()
    phone.get_by_text("Can’t scan it?").click()
    secret = phone.locator(".secret").inner_text()
    assert re.fullmatch(r"[A-Z2-7]{32}", secret)
    phone.get_by_label("The six digits that the app shows now").fill("000000")
    phone.get_by_role("button", name="Add the app").click()
    phone.get_by_text("This did not work").first.wait_for()
    phone.get_by_label("The six digits that the app shows now").fill(app_shows(secret))
    phone.get_by_role("button", name="Add the app").click()
    recovery = phone.locator(".codes code").first.inner_text()
    phone.get_by_role("link", name="I have kept them").click()
    phone.get_by_role("button", name="Sign out").click()
    first_step(phone, live_server.url)
    phone.get_by_label("Code from your app, or a recovery code").fill(recovery)
    phone.get_by_role("button", name="Use this code").click()
    phone.get_by_role("heading", name="The network").wait_for()


def test_every_page_of_signing_in_can_be_read_by_everyone(phone: Page, live_server: LiveServer) -> None:
    from axe_playwright_python.sync_playwright import Axe  # large, and needed here alone

    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    visited = ["/sign-in/", "/sign-in/?again=code"]
    mine = ["/account/", "/account/second-factor/", "/account/passkeys/add/", "/account/authenticator/", "/sign-out/"]
    phone.set_viewport_size({"width": 320, "height": 640})
    for path in [*visited, *mine]:
        if path == mine[0]:
            browser_signin(phone, live_server.url, ("operator", "therapist"))
        phone.goto(live_server.url + path)
        found = Axe().run(phone, options=rules)
        assert not found.response["violations"], f"{path}: {found.generate_report()}"
        assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
