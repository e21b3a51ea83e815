"""The sheet that a practice keeps of its therapists: CSV or Excel. `docs/roster.md` says how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from nearer.directory.records import Batch, Refused
from nearer.directory.sources.batches import Taken, in_batches
from nearer.directory.sources.faults import RowRefused, refused
from nearer.directory.sources.roster import people, plans, sheets
from nearer.directory.sources.seen import Seen, shelf

__all__ = ["read"]


def read(path: Path, *, today: date, as_of: date | None = None) -> Iterator[Batch]:
    """Yield the plans of a roster, if it has any, then its therapists.

    :param as_of: the day on which rows without a day of their own were checked; None: today.
    :raises NotThisKindOfFile: it is no table with an NPI and names, or its plans are none.
    """
    on = as_of or today
    with shelf() as space:
        rows = in_batches(_rows(path, Seen(space), on))
        first = next(rows, None)  # before anything is taken in: it may be no roster at all
        market = plans.batch(sheets.plans(path), on)
        if market.read:
            yield market
        if first is not None:
            yield first
        yield from rows


def _rows(path: Path, seen: Seen, on: date) -> Iterator[Taken | Refused | None]:
    for row in sheets.therapists(path):
        if isinstance(row, Refused):
            yield row
            continue
        try:
            taken = people.person(row, on)
            therapist = replace(taken.therapist, cells=row.told)
            yield None if seen.again(therapist.npi, row.line, row.cells) else replace(taken, therapist=therapist)
        except RowRefused as reason:
            yield refused(row.line, reason, row.content, row.told)
