"""What imports read, and what they put aside."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from nearer.directory.models import ImportRun, QuarantinedRow
from nearer.directory.records import Cells, Refused


@dataclass(frozen=True, slots=True)
class RunCard:
    """One import's report; `finished_at` is empty while it runs, or where it was cut short."""

    id: int
    source: str
    started_at: datetime
    finished_at: datetime | None
    read: int
    added: int
    changed: int
    unchanged: int
    quarantined: int
    discarded: int


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that was put aside. No `cells`: it can't be mended here, since people do not keep that file."""

    id: int
    run_id: int
    line: int
    reason: str
    content: str
    alike: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Alike:
    """Rows of one run that were refused for the same reason: how many, and the reason of one of them."""

    alike: str
    count: int
    reason: str


_RUN = (
    "id", "source", "started_at", "finished_at", "read", "added", "changed", "unchanged", "quarantined", "discarded",
)  # fmt: skip
_ROW = ("id", "run_id", "line", "reason", "content", "alike", "cells")


def last_run() -> int | None:
    """Return the id of the latest import that put something aside, if any did."""
    return ImportRun.objects.filter(quarantined__gt=0).order_by("-id").values_list("id", flat=True).first()


def quarantined(run_id: int) -> Iterator[Refused]:
    """Yield the rows that an import put aside, in the order of the file."""
    rows = QuarantinedRow.objects.filter(run_id=run_id).order_by("line", "id").values_list("line", "reason", "content")
    return (Refused(line, reason, content) for line, reason, content in rows.iterator(chunk_size=1000))


def runs(run_ids: Collection[int]) -> dict[int, RunCard]:
    """Return the reports of these imports by id."""
    return {row[0]: RunCard(*row) for row in ImportRun.objects.filter(id__in=run_ids).values_list(*_RUN)}


def latest_runs(most: int = 30) -> tuple[RunCard, ...]:
    """Return the latest imports, newest first, the command line's among them."""
    return tuple(RunCard(*row) for row in ImportRun.objects.order_by("-id").values_list(*_RUN)[:most])


def reasons_in(run_id: int) -> tuple[Alike, ...]:
    """Return why an import put rows aside, the commonest reason first."""
    counted = (
        QuarantinedRow.objects.filter(run_id=run_id).values("alike").annotate(count=Count("id"), said=Min("reason"))
    )
    return tuple(Alike(*each) for each in counted.order_by("-count", "said").values_list("alike", "count", "said"))


def aside(run_id: int, *, alike: str | None = None, most: int | None = None) -> tuple[Aside, ...]:
    """Return rows that an import put aside, by line.

    :param alike: only those refused for this reason.
    """
    rows = QuarantinedRow.objects.filter(run_id=run_id)
    if alike is not None:
        rows = rows.filter(alike=alike)
    return tuple(_aside(row) for row in rows.order_by("line", "id").values_list(*_ROW)[:most])


def aside_row(row_id: int) -> Aside | None:
    """Return one row that was put aside, if it still is."""
    row = QuarantinedRow.objects.filter(id=row_id).values_list(*_ROW).first()
    return None if row is None else _aside(row)


def _aside(row: tuple[int, int, int, str, str, str, list[list[str]]]) -> Aside:
    *_, cells = row
    return Aside(*row[:6], tuple((name, cell) for name, cell in cells))
