from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from nearer.config.failures import Failure
from nearer.directory import api as directory
from nearer.directory.api import records
from nearer.directory.models import Contract, ImportRun, Licence, Plan, QuarantinedRow, Therapist
from nearer.directory.sources import synthetic
from nearer.foundation import clock
from nearer.portal.operations.imports import reading as importing
from nearer.scheduling.models import Hours

DATA = Path(directory.__file__).parent / "tests" / "data"


def _import(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """Run `nearer import ... --json` and return its report."""
    call_command("import_directory", *words, "--json")
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


def _counts(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report[name] for name in ("read", "added", "changed", "unchanged", "quarantined"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("source", "path", "first", "again"),
    [
        ("nppes", "nppes.csv", (7, 4, 0, 1, 0), (7, 0, 0, 5, 0)),
        ("plan-net", "plan_net/bundle.json", (25, 3, 0, 0, 6), (25, 0, 0, 3, 6)),
        ("qhp", "qhp", (14, 4, 0, 0, 8), (14, 0, 0, 4, 8)),
        ("roster", "roster.csv", (13, 4, 0, 0, 8), (13, 0, 0, 4, 8)),
    ],
)
def test_the_same_import_twice_adds_nothing_twice(
    capsys: pytest.CaptureFixture[str], source: str, path: str, first: tuple[int, ...], again: tuple[int, ...]
) -> None:
    assert _counts(_import(capsys, source, str(DATA / path))) == first
    assert _counts(_import(capsys, source, str(DATA / path))) == again


@pytest.mark.django_db(transaction=True)
def test_a_demonstration_network_goes_in_with_its_hours(capsys: pytest.CaptureFixture[str]) -> None:
    report = _import(capsys, "synthetic", "60", "--seed", "3")
    market = next(synthetic.read(1, seed=3, today=clock.now().date()))
    assert _counts(report) == (len(market.plans) + 60, len(market.plans) + 60, 0, 0, 0)
    assert Therapist.objects.filter(is_demonstration=True).count() == 60
    assert Hours.objects.values("diary_id").distinct().count() == 60


@pytest.mark.django_db(transaction=True)
def test_nobody_who_does_not_exist_joins_those_who_do(capsys: pytest.CaptureFixture[str]) -> None:
    _import(capsys, "roster", str(DATA / "roster.csv"))
    with pytest.raises(Failure, match="holds real therapists"):
        call_command("import_directory", "synthetic", "5")
    assert not Therapist.objects.filter(is_demonstration=True).exists()


@pytest.mark.django_db(transaction=True)
def test_a_roster_confirms_a_licence_that_the_registry_only_claims(capsys: pytest.CaptureFixture[str]) -> None:
    _import(capsys, "nppes", str(DATA / "nppes.csv"))
    claimed = Licence.objects.get(therapist__npi="9555000014", jurisdiction="MA")
    assert claimed.status == "unverified"
    _import(capsys, "roster", str(DATA / "roster.csv"))
    _import(capsys, "nppes", str(DATA / "nppes.csv"))
    confirmed = Licence.objects.get(therapist__npi="9555000014", jurisdiction="MA")
    assert (confirmed.status, confirmed.source, confirmed.number) == ("active", "roster", claimed.number)


@pytest.mark.django_db(transaction=True)
def test_a_registry_without_a_deactivated_therapist_removes_them(capsys: pytest.CaptureFixture[str]) -> None:
    Therapist.objects.create(
        npi="9555000055",
        given_name="Ana",
        family_name="Gone",
        time_zone="America/New_York",
        source="roster",
        source_id="9555000055",
        verified_on="2026-01-01",
        expires_on="2027-01-01",
    )
    _import(capsys, "nppes", str(DATA / "nppes.csv"))
    gone = Therapist.objects.get(npi="9555000055")
    assert (str(gone.removed_on), gone.family_name) == ("2026-02-01", "Gone")


@pytest.mark.django_db(transaction=True)
def test_a_plan_of_a_roster_pays_for_its_contracts(capsys: pytest.CaptureFixture[str]) -> None:
    _import(capsys, "roster", str(DATA / "roster.csv"))
    paid = set(Plan.objects.get(code="open-choice-ppo").networks.values_list("id", flat=True))
    assert {contract.network_id for contract in Contract.objects.filter(therapist__npi="9555000014")} <= paid


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("source", directory.FILES)
def test_a_file_that_is_none_is_refused_before_anything_is_written(tmp_path: Path, source: str) -> None:
    path = tmp_path / "picture.json"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    with pytest.raises(Failure, match=r"Nothing was taken in\.$"):
        call_command("import_directory", source, str(path))
    assert not ImportRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_put_aside_can_be_read_with_line_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    report = _import(capsys, "roster", str(DATA / "roster.csv"))
    call_command("import_directory", "--quarantine", str(report["run"]), "--json")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == report["quarantined"]
    assert {"line", "reason", "content"} == rows[0].keys()
    assert next(row["reason"] for row in rows if row["line"] == 10).startswith("The postal code 2116")
    call_command("import_directory", "--quarantine")
    assert f"Import {report['run']}" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_stopped_keeps_the_batches_before(capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> Iterator[records.Batch]:
        batches = synthetic.read(20, seed=1, today=clock.now().date())
        yield next(batches)
        yield next(batches)
        raise KeyboardInterrupt

    report = importing.run("synthetic", stopped(), on_batch=lambda _batch, _counts: None)
    assert report.interrupted
    assert Therapist.objects.count() == 20
    assert ImportRun.objects.get().finished_at is not None


@pytest.mark.django_db(transaction=True)
def test_the_command_says_what_a_stop_left(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_args: object, **_options: object) -> Iterator[records.Batch]:
        yield from synthetic.read(5, seed=1, today=clock.now().date())
        raise KeyboardInterrupt

    monkeypatch.setattr(directory, "read_synthetic", stopped)
    with pytest.raises(KeyboardInterrupt):
        call_command("import_directory", "synthetic", "5")
    said = capsys.readouterr()
    assert "is kept" in said.err
    assert Therapist.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_hours_that_can_not_be_kept_cost_themselves_alone() -> None:
    batches = list(synthetic.read(2, seed=1, today=clock.now().date()))
    good, bad = batches[1].diaries
    wrong = records.DiaryRecord(bad.npi, "Mars/Olympus", bad.hours, bad.settings)
    batches[1] = records.Batch(read=2, therapists=batches[1].therapists, diaries=(good, wrong))
    report = importing.run("synthetic", iter(batches), on_batch=lambda _batch, _counts: None)
    assert report.counts.quarantined == 1
    assert Therapist.objects.count() == 2
    assert Hours.objects.values("diary_id").distinct().count() == 1
    assert "zone" in QuarantinedRow.objects.get().reason


@pytest.mark.parametrize(
    "words", [(), ("nppes",), ("synthetic", "many"), ("synthetic", "0"), ("qhp", "x", "--template")]
)
def test_a_command_that_says_too_little_is_told_what_to_say(words: tuple[str, ...]) -> None:
    with pytest.raises(Failure, match=r"`nearer import|no number of therapists"):
        call_command("import_directory", *words)


def test_the_template_goes_to_the_terminal_or_into_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call_command("import_directory", "roster", "--template")
    assert capsys.readouterr().out.startswith("npi,given_name")
    call_command("import_directory", "roster", str(tmp_path / "r.csv"), "--template")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r-plans.csv", "r.csv"]
