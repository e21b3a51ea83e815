"""The doctor asks what only the operator can give."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from nearer.config.doctor import Verdict, machine, running
from nearer.outbox.tests.server import Mailbox, mail_server


@pytest.mark.parametrize(
    ("contact", "demo", "verdict"),
    [("", False, Verdict.WARNING), ("", True, Verdict.WELL), ("help@practice.example", False, Verdict.WELL)],
)
def test_a_site_that_is_no_demonstration_needs_an_address_to_write_to(
    settings: Settings, contact: str, demo: bool, verdict: Verdict
) -> None:
    settings.NEARER_CONTACT, settings.NEARER_DEMO = contact, demo
    finding = machine.contact()
    assert finding.verdict is verdict
    assert bool(finding.way_out) is (verdict is Verdict.WARNING)


def test_a_mail_server_that_answers_is_well_and_one_that_does_not_says_which_settings(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL, settings.EMAIL_HOST = "care@practice.example", "127.0.0.1"
    with mail_server(Mailbox()) as port:
        settings.EMAIL_PORT = port
        assert running.mail().verdict is Verdict.WELL
    refused = running.mail()
    assert (refused.verdict, refused.way_out) == (Verdict.PROBLEM, "Correct the NEARER_MAIL_ settings.")


def test_mail_is_not_sealed_twice(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "care@practice.example"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = True
    assert "not both" in running.mail().way_out


@pytest.mark.parametrize(
    ("hours", "site", "verdict"),
    [
        ([48, 24, 1], "https://care.example.org", Verdict.WELL),
        ([], "https://care.example.org", Verdict.WARNING),
        ([24], "http://localhost", Verdict.WARNING),
    ],
)
def test_reminders_need_hours_and_an_address_that_mail_programs_take(
    settings: Settings, hours: list[int], site: str, verdict: Verdict
) -> None:
    settings.NEARER_DEMO, settings.NEARER_REMINDERS, settings.NEARER_SITE = False, hours, site
    assert running.reminders().verdict is verdict
