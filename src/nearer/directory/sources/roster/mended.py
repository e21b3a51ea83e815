"""One row of a roster, written anew by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from nearer.directory.records import Batch
from nearer.directory.sources.faults import RowRefused, refused
from nearer.directory.sources.roster import people, plans
from nearer.directory.sources.table import Row


def read_row(cells: Mapping[str, str], *, line: int, today: date) -> Batch:
    """Return what a row says, or why it still can't be read. A row without an NPI column is of the plans' table."""
    row = Row(line, [cell.strip() for cell in cells.values()], {name: place for place, name in enumerate(cells)})
    if "npi" not in cells:
        return plans.batch(iter((row,)), today)
    try:
        taken = people.person(row, today)
    except RowRefused as reason:
        return Batch(read=1, refused=(refused(line, reason, row.content, row.told),))
    return Batch(
        read=1,
        therapists=(replace(taken.therapist, cells=row.told),),
        diaries=(taken.diary,) if taken.diary else (),
        refused=taken.refused,
    )
