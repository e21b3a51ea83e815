"""An import from its first row to its last, and what was not taken in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from nearer.directory.models import ImportRun, QuarantinedRow
from nearer.directory.records import Counts, Refused
from nearer.directory.rules import alike


@transaction.atomic
def start_run(*, source: str, now: datetime) -> int:
    """Open a run of one source and return its id."""
    return ImportRun.objects.create(source=source, started_at=now).pk


@transaction.atomic
def finish_run(*, run_id: int, now: datetime) -> Counts:
    """Close a run and return its report."""
    ImportRun.objects.filter(id=run_id).update(finished_at=now)
    run = ImportRun.objects.get(id=run_id)
    return Counts(run.read, run.added, run.changed, run.unchanged, run.quarantined)


def note(run_id: int, counts: Counts, refused: Sequence[Refused]) -> None:
    """Add a batch to its run's report, in the caller's transaction, and keep what was refused."""
    QuarantinedRow.objects.bulk_create(
        QuarantinedRow(
            run_id=run_id,
            line=row.line,
            reason=_storable(row.reason),
            content=_storable(row.content),
            alike=_storable(alike(row.reason)),
            cells=[[_storable(name), _storable(cell)] for name, cell in row.cells],
        )
        for row in refused
    )
    ImportRun.objects.filter(id=run_id).update(
        read=F("read") + counts.read,
        added=F("added") + counts.added,
        changed=F("changed") + counts.changed,
        unchanged=F("unchanged") + counts.unchanged,
        quarantined=F("quarantined") + counts.quarantined,
    )


def _storable(text: str) -> str:
    """Replace what PostgreSQL keeps in no text: a null character, half of a surrogate pair."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
