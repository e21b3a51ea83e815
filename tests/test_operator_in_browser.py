"""An operator finds the gap, sends a file, mends a row: in a real browser, by every eye and by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.live_server_helper import LiveServer

from nearer.accounts.tests.builders import browser_signin
from nearer.care.tests.builders import findable
from nearer.directory.models import Licence, QuarantinedRow, Therapist
from nearer.directory.tests.builders import a_network, a_plan, an_npi
from nearer.foundation import clock
from nearer.matching.tests.builders import someone_free
from nearer.portal.models import Upload
from nearer.portal.operations.imports.uploads import read_upload
from nearer.portal.operations.shopping import go_shopping
from tests.test_pages_in_browser import MODES, RULES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/operator/",
    "/operator/states/MA/",
    "/operator/gaps/",
    "/operator/gaps/?state=MA&language=es",
    "/operator/shopper/",
    "/operator/facts/?days=60",
    "/operator/imports/",
    "/operator/audit/",
    "/operator/therapists/{therapist}/",
)


def a_network_with_a_gap() -> None:
    """Write three who speak English by day; nobody speaks Spanish, and nobody works on weekends."""
    network = a_network(name="Blue Harbor")
    a_plan(networks=[network], name="Harbor Silver")
    for _ in range(3):
        someone_free(networks=[network], traits={"language": ["en"]})
    findable()
    go_shopping(requests=5, seed=1, at=clock.now, on_request=lambda _: None)


def test_an_operator_finds_the_gap(page: Page, live_server: LiveServer) -> None:
    a_network_with_a_gap()
    browser_signin(page, live_server.url)
    page.goto(f"{live_server.url}/operator/")
    assert "could not be held" in page.locator(".ghost-card").inner_text()
    page.get_by_role("link", name="Massachusetts: 3 of 3 can be booked").click()
    assert page.get_by_role("row", name="Harbor Silver").locator("td").first.inner_text().startswith("3")
    page.get_by_role("link", name="Whom to recruit here").click()
    weekends = page.get_by_role("row", name="Spanish").locator("td").last
    assert weekends.inner_text().split() == ["0", "1", "plan"]
    assert "Recruit 3: helps 1 plan." in page.locator(".wanted").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all as a file").click()
    text = Path(download.value.path()).read_text()
    assert "MA,Evergreen Health,Harbor Silver,Spanish,weekends,0,3" in text
    assert "English,weekday mornings" not in text


def test_a_file_is_sent_read_and_mended(page: Page, live_server: LiveServer, tmp_path: Path, settings: Any) -> None:
    settings.NEARER_HOME = tmp_path
    roster = tmp_path / "ours.csv"
    roster.write_text(
        "npi,given_name,family_name,licences\n9555000014,Rosa,Rivera,MA LICSW 1 2035-01-01\n123,Luz,Ortiz,\n"
    )
    browser_signin(page, live_server.url)
    page.goto(f"{live_server.url}/operator/imports/")
    page.get_by_label("The file").set_input_files(roster)
    page.get_by_role("button", name="Send the file").click()
    page.get_by_text("Waiting for the worker.").wait_for()
    read_upload(upload_id=Upload.objects.get().pk, at=clock.now)
    page.reload()
    page.get_by_role("link", name="Mend").click()
    page.get_by_label("npi").fill(an_npi())
    page.get_by_role("button", name="Try it again").click()
    page.get_by_text("Nothing is put aside.").wait_for()
    assert not QuarantinedRow.objects.exists()
    assert Therapist.objects.count() == 2


@pytest.mark.parametrize("mode", MODES)
def test_every_page_of_the_desk_can_be_read_by_everyone(browser: Browser, live_server: LiveServer, mode: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # large, and needed here alone

    a_network_with_a_gap()
    Licence.objects.update(expires_on=clock.now().date())
    context = browser.new_context(**MODES[mode])
    page = context.new_page()
    browser_signin(page, live_server.url)
    therapist = Therapist.objects.latest("id").pk
    for address in PAGES:
        page.goto(live_server.url + address.format(therapist=therapist))
        found = Axe().run(page, options={**RULES, "rules": {"color-contrast": {"enabled": mode != "forced"}}})
        assert not found.response["violations"], (address, found.generate_report())
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= page.evaluate("innerWidth"), (address, wide)
    context.close()


def test_the_map_is_walked_by_keyboard(page: Page, live_server: LiveServer) -> None:
    a_network_with_a_gap()
    browser_signin(page, live_server.url)
    page.goto(f"{live_server.url}/operator/")
    page.locator(".tile").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('tile')")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="The whole network").wait_for()
