"""The doctor asks what only the operator can give."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from nearer.config.doctor import Verdict, machine


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
