"""What others say of who is there: one module per source, each read into the one shape of `directory.records`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from nearer.directory.records import Batch
from nearer.directory.sources.faults import NotThisKindOfFile

#: The sources that are files; `synthetic` is told how many instead.
FILES = ("nppes", "plan-net", "qhp", "roster")
__all__ = [
    "FILES",
    "NotThisKindOfFile",
    "read_roster_row",
    "read_source",
    "read_synthetic",
    "roster_columns",
    "roster_template",
    "write_roster_template",
]


def read_source(source: str, path: Path, *, today: date, as_of: date | None = None) -> Iterator[Batch]:
    """Yield what a file says, in batches; nothing is read before the first is asked for.

    :param as_of: the day of which the file speaks, if it does not say so itself.
    :raises NotThisKindOfFile: the file is no such file at all.
    :raises KeyError: there is no such source.
    """
    # One of them is needed at a time, and some are slow to import.
    match source:
        case "nppes":
            from nearer.directory.sources.nppes import read
        case "plan-net":
            from nearer.directory.sources.plan_net import read
        case "qhp":
            from nearer.directory.sources.qhp import read
        case "roster":
            from nearer.directory.sources.roster import read
        case _:
            raise KeyError(source)
    return read(path, today=today, as_of=as_of)


def read_synthetic(count: int, *, seed: int, today: date) -> Iterator[Batch]:
    """Yield a network of therapists who do not exist.

    :raises ValueError: fewer than one therapist, or more than ten million.
    """
    from nearer.directory.sources.synthetic import read

    return read(count, seed=seed, today=today)


def read_roster_row(cells: Mapping[str, str], *, line: int, today: date) -> Batch:
    """Return what one row of a roster says, or why it can't be read."""
    from nearer.directory.sources.roster.mended import read_row

    return read_row(cells, line=line, today=today)


def roster_columns(cells: Collection[str]) -> tuple[tuple[str, str, str], ...]:
    """Return name, meaning and example of the columns of the table that a row with these columns belongs to."""
    from nearer.directory.sources.roster.columns import PLANS, THERAPISTS

    return tuple((column.name, column.says, column.example) for column in (THERAPISTS if "npi" in cells else PLANS))


def roster_template() -> str:
    """Return an empty roster as CSV, with remarks that say what goes where."""
    from nearer.directory.sources.roster.template import template

    return template()


def write_roster_template(path: Path) -> tuple[Path, ...]:
    """Write an empty roster, as a workbook (.xlsx) or as two CSV files; return what was written.

    :raises FileExistsError: there is such a file already.
    """
    from nearer.directory.sources.roster.template import write_template

    return write_template(path)
