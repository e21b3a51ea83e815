"""A file from the desk: read by the worker as the command line reads; what is put aside is mended in place."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nearer.accounts.tests.builders import a_person, signed_in
from nearer.audit.models import Event
from nearer.directory import api as directory
from nearer.directory.models import ImportRun, QuarantinedRow, Therapist
from nearer.directory.tests.builders import an_npi
from nearer.foundation import clock
from nearer.portal.models import Upload
from nearer.portal.operations.imports import quarantine, reading, uploads
from nearer.scheduling.models import Hours

pytestmark = pytest.mark.django_db

ROSA = {
    "npi": "9555000014",
    "given_name": "Rosa",
    "family_name": "Rivera",
    "licences": "MA LICSW 123456 2035-06-30",
    "services": "individual",
    "hours": "Mon-Thu 9:00-17:00",
}


@pytest.fixture(autouse=True)
def _a_folder(tmp_path: Path, settings: Any) -> None:
    settings.NEARER_HOME = tmp_path


@pytest.fixture
def operator(client: Client) -> Client:
    signed_in(client, ("operator",))
    return client


def a_roster(*rows: dict[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def sent(client: Client, content: bytes, **more: Any) -> HttpResponse:
    file = SimpleUploadedFile(more.pop("name", "our roster.csv"), content)
    return client.post("/operator/imports/send/", {"source": "roster", "file": file, **more})  # type: ignore[return-value]


def read() -> Upload:
    upload = Upload.objects.latest("id")
    uploads.read_upload(upload_id=upload.pk, at=clock.now)
    upload.refresh_from_db()
    return upload


def a_run(client: Client, *rows: dict[str, str]) -> ImportRun:
    """Send and read a roster."""
    sent(client, a_roster(*rows))
    run = read().run
    assert run is not None
    return run


def counts(run: ImportRun) -> tuple[int, ...]:
    run.refresh_from_db()
    return (run.read, run.added, run.changed, run.unchanged, run.quarantined, run.discarded)


def test_a_file_goes_in_with_its_hours_and_is_not_kept(operator: Client, tmp_path: Path) -> None:
    response = sent(operator, a_roster(ROSA))
    upload = Upload.objects.get()
    assert response["Location"] == f"/operator/imports/files/{upload.pk}/"
    assert "Waiting for the worker" in operator.get(response["Location"]).content.decode()
    (stored,) = (tmp_path / "uploads").iterdir()
    assert (stored.stat().st_mode & 0o777, stored.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    read()
    assert Therapist.objects.get().given_name == "Rosa"
    assert Hours.objects.count() == 4
    assert list((tmp_path / "uploads").iterdir()) == []
    assert operator.get(response["Location"], follow=True).redirect_chain


def test_the_name_of_a_file_leads_nowhere(operator: Client, tmp_path: Path) -> None:
    sent(operator, a_roster(ROSA), name="../../etc/passwd.CSV")
    (stored,) = (tmp_path / "uploads").iterdir()
    assert stored.suffix == ".csv"
    assert stored.stem.isalnum()


def test_a_rosters_plans_may_come_beside_it(operator: Client) -> None:
    plans = b"payer,plan,states,networks\nHarbor,Silver,MA,Core\n"
    networked = {**ROSA, "networks": "Harbor/Core MA 2024-01-01.."}
    sent(operator, a_roster(networked), plans=SimpleUploadedFile("plans.csv", plans))
    run = read().run
    assert run is not None
    assert counts(run) == (2, 2, 0, 0, 0, 0)


def test_what_is_no_roster_is_a_sentence_and_nothing_is_taken_in(operator: Client) -> None:
    sent(operator, b"what,is,this\n1,2,3\n")
    upload = read()
    assert "our roster.csv is not a roster" in upload.trouble
    assert not ImportRun.objects.exists()
    assert "Nothing was taken in" in operator.get(f"/operator/imports/files/{upload.pk}/").content.decode()


@pytest.mark.parametrize("content", [b"", None])
def test_a_file_is_needed(operator: Client, content: bytes | None) -> None:
    response = (
        operator.post("/operator/imports/send/", {"source": "roster"}) if content is None else sent(operator, b"")
    )
    assert response.status_code == 422
    assert not Upload.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nearer.portal.views.operator.imports.LARGEST", -(2**20))
    response = sent(client, a_roster(ROSA))
    assert response.status_code == 413
    assert "nearer import" in response.content.decode()


def test_a_file_that_grows_too_large_is_not_kept(
    operator: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 10)
    assert sent(operator, a_roster(ROSA)).status_code == 422
    assert list((tmp_path / "uploads").iterdir()) == []


def test_sending_needs_the_forms_token(tmp_path: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    signed_in(client, ("operator",))
    assert sent(client, a_roster(ROSA)).status_code == 403
    assert not Upload.objects.exists()


def test_a_visitor_can_not_send_anything(client: Client) -> None:
    assert sent(client, a_roster(ROSA)).status_code == 302
    assert not Upload.objects.exists()


def test_a_worker_that_was_killed_reads_again_and_counts_once(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(operator, a_roster(ROSA, {**ROSA, "npi": "12345"}))
    real = reading.run

    def killed(*args: Any, **more: Any) -> None:
        real(*args, **more)
        ImportRun.objects.update(finished_at=None)
        raise SystemExit

    monkeypatch.setattr(uploads, "run", killed)
    with pytest.raises(SystemExit):
        read()
    monkeypatch.setattr(uploads, "run", real)
    run = read().run
    assert run is not None
    assert counts(run) == (2, 0, 0, 1, 1, 0)
    assert QuarantinedRow.objects.count() == ImportRun.objects.count() == 1


def test_a_row_is_mended_in_a_form_and_goes_in_at_its_place(operator: Client) -> None:
    run = a_run(operator, ROSA, {**ROSA, "npi": "12345", "given_name": "Luz"})
    assert counts(run) == (2, 1, 0, 0, 1, 0)
    row = QuarantinedRow.objects.get()
    page = operator.get(f"/operator/imports/rows/{row.pk}/").content.decode()
    assert 'value="12345"' in page
    assert "Luz" in page
    npi = an_npi()
    response = operator.post(f"/operator/imports/rows/{row.pk}/", {**ROSA, "npi": npi, "given_name": "Luz"})
    assert response["Location"] == f"/operator/imports/{run.pk}/"
    assert Therapist.objects.get(npi=npi).given_name == "Luz"
    assert Hours.objects.count() == 8
    assert counts(run) == (2, 2, 0, 0, 0, 0)


def test_a_row_that_is_still_wrong_stays_with_what_was_typed(operator: Client) -> None:
    run = a_run(operator, ROSA, {**ROSA, "npi": "12345"})
    row = QuarantinedRow.objects.get()
    response = operator.post(
        f"/operator/imports/rows/{row.pk}/",
        {**ROSA, "npi": an_npi(), "family_name": "", "about": "So far"},
        follow=True,
    )
    page = response.content.decode()
    assert "It still can’t go in" in page
    assert "The therapist has no name." in page
    assert "So far" in page
    assert counts(run) == (2, 1, 0, 0, 1, 0)
    assert QuarantinedRow.objects.get().line == row.line


def test_hours_that_can_not_be_kept_can_be_mended_too(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours are refused after the row was read; its cells are put aside with it all the same."""
    run = a_run(operator, {**ROSA, "networks": "Nobody/Knows MA"})
    row = QuarantinedRow.objects.get()
    assert dict(row.cells)["networks"] == "Nobody/Knows MA"
    assert counts(run)[4] == 1


def test_a_plans_row_is_mended_as_one(operator: Client) -> None:
    plans = b"payer,plan,states,networks\nHarbor,Silver,Atlantis,Core\n"
    sent(operator, a_roster(ROSA), plans=SimpleUploadedFile("p.csv", plans))
    read()
    row = QuarantinedRow.objects.get()
    cells = {"payer": "Harbor", "plan": "Silver", "states": "MA", "networks": "Core"}
    operator.post(f"/operator/imports/rows/{row.pk}/", cells)
    assert not QuarantinedRow.objects.exists()
    (choice,) = directory.plans_in("MA", clock.now().date())
    assert choice.name == "Silver"


def test_all_alike_are_tried_again_once_the_cause_is_gone(operator: Client) -> None:
    covered = [{**ROSA, "npi": an_npi(), "networks": "Harbor/Core MA 2024-01-01.."} for _ in range(3)]
    run = a_run(operator, *covered)
    (reason,) = directory.reasons_in(run.pk)
    assert (reason.count, "“…”" in reason.alike) == (3, True)
    act = {"reason": reason.alike, "act": "try"}
    operator.post(f"/operator/imports/{run.pk}/alike/", act)
    assert counts(run) == (3, 0, 0, 0, 3, 0)
    plans = b"payer,plan,states,networks\nHarbor,Silver,MA,Core\n"
    sent(operator, a_roster({**ROSA, "npi": an_npi()}), plans=SimpleUploadedFile("p.csv", plans))
    read()
    operator.post(f"/operator/imports/{run.pk}/alike/", act)
    assert counts(run) == (3, 3, 0, 0, 0, 0)


def test_rows_are_discarded_alone_or_all_alike(operator: Client) -> None:
    wrong = [{**ROSA, "npi": f"1234{number}"} for number in range(4)]
    run = a_run(operator, ROSA, *wrong)
    first = QuarantinedRow.objects.order_by("line")[0]
    operator.post(f"/operator/imports/rows/{first.pk}/", {"act": "discard"})
    assert counts(run) == (5, 1, 0, 0, 3, 1)
    (reason,) = directory.reasons_in(run.pk)
    operator.post(f"/operator/imports/{run.pk}/alike/", {"reason": reason.alike, "act": "discard"})
    assert counts(run) == (5, 1, 0, 0, 0, 4)
    assert operator.get(f"/operator/imports/rows/{first.pk}/").status_code == 404
    acts = Event.objects.filter(subject=f"import:{run.pk}", action="discarded rows")
    assert [event.detail["count"] for event in acts.order_by("id")] == [1, 3]


def test_a_row_is_mended_once() -> None:
    run = ImportRun.objects.create(source="roster", started_at=clock.now(), quarantined=1, read=1)
    row = QuarantinedRow.objects.create(run=run, line=2, reason="?", content="", cells=[["npi", "1"]])
    by = a_person("operator")
    assert quarantine.mend(row_id=row.pk, cells=ROSA, by=by)
    with pytest.raises(quarantine.NotMendable, match="already"):
        quarantine.mend(row_id=row.pk, cells=ROSA, by=by)
    quarantine.discard_row(row_id=row.pk, by=by)
    assert Event.objects.filter(actor=f"staff:{by}", action="tried a row again").count() == 1


def test_a_row_of_a_file_that_nobody_keeps_can_only_be_discarded(operator: Client) -> None:
    run = ImportRun.objects.create(source="plan-net", started_at=clock.now(), quarantined=1, read=1)
    row = QuarantinedRow.objects.create(run=run, line=2, reason="Broken.", content="{}")
    assert "can’t be mended here" in operator.get(f"/operator/imports/rows/{row.pk}/").content.decode()
    assert operator.post(f"/operator/imports/rows/{row.pk}/", {}).status_code == 422


@pytest.mark.parametrize("page", ["/operator/imports/", "/operator/imports/{run}/"])
def test_queries_do_not_grow_with_what_was_put_aside(operator: Client, page: str) -> None:
    run = a_run(operator, ROSA, {**ROSA, "npi": "12345"})
    counted = []
    for more in (0, 40):
        QuarantinedRow.objects.bulk_create(
            QuarantinedRow(run=run, line=each, reason=f"Why {each}", alike=f"Why {each}", content="")
            for each in range(more)
        )
        operator.get(page.format(run=run.pk))
        with CaptureQueriesContext(connection) as queries:
            assert operator.get(page.format(run=run.pk)).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
