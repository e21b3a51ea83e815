"""What becomes of rows that were put aside: mended and taken in after all, or discarded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nearer.audit.api import record
from nearer.directory.models import ImportRun, QuarantinedRow
from nearer.directory.operations.taking import take_in
from nearer.directory.records import Batch, Counts


class RowGone(Exception):
    """A row is not in quarantine any more: somebody mended or discarded it."""


@transaction.atomic
def take_again(batch: Batch, *, row_id: int, actor: str, now: datetime) -> tuple[int, Counts]:
    """Take in what a row that was put aside says by now, in its place: its run's report is as if it had said so then.

    Is it refused again, it stands in quarantine with the new reason, at its old line. Returns the run's id too.

    :raises RowGone: it is there no more.
    """
    row = _locked([row_id])[0]
    row.delete()
    ImportRun.objects.filter(id=row.run_id).update(read=F("read") - batch.read, quarantined=F("quarantined") - 1)
    there = tuple(replace(each, line=row.line) for each in batch.refused)
    counts = take_in(replace(batch, refused=there), run_id=row.run_id, now=now)
    record(actor=actor, action="tried a row again", subject=f"import:{row.run_id}", detail={"line": row.line})
    return row.run_id, counts


@transaction.atomic
def discard(*, row_ids: Collection[int], actor: str) -> int:
    """Throw rows away that were put aside; return how many. Rows that are gone are left out.

    :raises RowGone: all of them are.
    """
    rows = _locked(row_ids)
    for run_id in sorted({row.run_id for row in rows}):
        count = sum(row.run_id == run_id for row in rows)
        ImportRun.objects.filter(id=run_id).update(
            quarantined=F("quarantined") - count, discarded=F("discarded") + count
        )
        record(actor=actor, action="discarded rows", subject=f"import:{run_id}", detail={"count": count})
    QuarantinedRow.objects.filter(id__in=[row.pk for row in rows]).delete()
    return len(rows)


@transaction.atomic
def drop_run(*, run_id: int) -> None:
    """Forget a run that was cut short, with what it put aside: the same file is read again from its first row."""
    ImportRun.objects.filter(id=run_id, finished_at__isnull=True).delete()


def _locked(row_ids: Collection[int]) -> list[QuarantinedRow]:
    rows = list(QuarantinedRow.objects.filter(id__in=row_ids).select_for_update().order_by("id"))
    if not rows:
        raise RowGone(_("This row was mended or discarded already."))
    return rows
