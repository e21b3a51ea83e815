"""A policy that can't be meant is said by the doctor, and nobody is served with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from nearer.config.agreed import check_policy
from nearer.config.doctor import Verdict, running
from nearer.config.failures import Exit, Failure
from nearer.scheduling.api import DiarySettings
from nearer.scheduling.tests.rows import a_therapist

WRONG = 'version = "x"\n[cancelling]\nlate_fee_cents = 4000\nmissed_fee_cents = 1000\n'


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    path = tmp_path / "policy.toml"
    settings.NEARER_POLICY = str(path)
    return path


def test_a_policy_that_contradicts_itself_is_refused_with_a_sentence(file: Path) -> None:
    file.write_text(WRONG)
    with pytest.raises(Failure, match="contradicts itself") as refused:
        check_policy()
    assert refused.value.code == Exit.SETTING
    finding = running.policy()
    assert (finding.verdict, "costs less than cancelling late" in finding.sentence) == (Verdict.PROBLEM, True)
    assert "NEARER_POLICY" in finding.way_out


def test_nobody_is_served_with_a_policy_that_is_not_there(file: Path) -> None:
    assert not file.exists()
    with pytest.raises(Failure, match="can't be read"):
        call_command("serve")


@pytest.mark.django_db
def test_a_policy_that_can_be_meant_is_well_and_names_its_version(file: Path) -> None:
    file.write_text('version = "spring 2027"\n')
    check_policy()
    finding = running.policy()
    assert (finding.verdict, finding.sentence) == (Verdict.WELL, "Clients agree to the policy spring 2027.")


@pytest.mark.django_db
def test_diaries_that_allow_less_than_the_policy_says_are_counted(file: Path) -> None:
    file.write_text('version = "v"\n[booking]\nlead_days = 2\n')
    a_therapist(settings=DiarySettings(lead_days=1))
    a_therapist(settings=DiarySettings(lead_days=3))
    finding = running.policy()
    assert finding.verdict is Verdict.WARNING
    assert "1 diary" in finding.sentence
