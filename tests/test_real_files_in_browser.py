"""The main job on real files: a registry, a payer's directory, a roster, and a client in Massachusetts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer
from tools import trial_roster

from nearer.care.tests.builders import code_sent
from nearer.scheduling.models import Appointment
from tests.test_journey_in_browser import Visitor, first_time, when_they_say_who_they_are

if TYPE_CHECKING:
    from playwright.sync_api import Page

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
REGISTRY = DATA / "nppes-nucc" / "nppes-practitioners.csv"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.shared_data,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the real files are not at {DATA}"),
]


@pytest.fixture
def imported(capsys: pytest.CaptureFixture[str]) -> Callable[[str, Path], dict[str, Any]]:
    """Return a function that imports a file as `nearer import` does, and returns the report."""

    def run(source: str, path: Path) -> dict[str, Any]:
        call_command("import_directory", source, str(path), "--json")
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        return report

    return run


def test_a_client_in_massachusetts_books_from_real_directories(
    page: Page, live_server: LiveServer, tmp_path: Path, imported: Callable[[str, Path], dict[str, Any]]
) -> None:
    assert imported("nppes", REGISTRY)["added"] == 50
    assert imported("plan-net", DATA / "plan-net" / "package-1.1.0" / "example")["quarantined"] == 1
    roster = tmp_path / "trial.csv"
    count = trial_roster.main(REGISTRY, "MA", roster, date.today())
    report = imported("roster", roster)
    assert (report["added"] + report["changed"], report["quarantined"]) == (count + 1, 0)

    visitor = Visitor(page, live_server.url, scripts=True)
    visitor.opens("/")
    visitor.picks("Who is it for?", "Me")
    visitor.selects("Which state will you be in?", "Massachusetts")
    visitor.presses("Continue")
    visitor.selects("The plan on your card", trial_roster.PLAN)
    visitor.presses("See therapists")
    visitor.sees("in your network")
    visitor.presses(first_time(visitor))
    when_they_say_who_they_are(visitor)
    visitor.types(code=code_sent())
    visitor.presses("Confirm the time")
    visitor.sees("Your time is confirmed")
    assert Appointment.objects.get().status == "confirmed"
