"""A roster's two tables, from CSV or from an Excel workbook."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nearer.directory.records import Refused
from nearer.directory.sources import table
from nearer.directory.sources.faults import NotThisKindOfFile, refused
from nearer.directory.sources.lines import encoding_of
from nearer.directory.sources.roster.columns import PLANS, THERAPISTS, Column, plain
from nearer.directory.sources.table import Row

#: Bytes that a workbook may unpack to: a practice's has a few million at most.
LARGEST = 200_000_000
WORKBOOKS = (".xlsx", ".xlsm")
KIND = gettext_lazy("a roster")


def therapists(path: Path) -> Iterator[Row | Refused]:
    """Yield the rows about therapists.

    :raises NotThisKindOfFile: it is no such table.
    """
    return _workbook(path, "therapists", THERAPISTS) if path.suffix.lower() in WORKBOOKS else _text(path, THERAPISTS)


def plans(path: Path) -> Iterator[Row | Refused]:
    """Yield the rows about plans: of the sheet "plans", or of the file beside it: roster-plans.csv or plans.csv."""
    if path.suffix.lower() in WORKBOOKS:
        return _workbook(path, "plans", PLANS)
    beside = (path.with_name(f"{path.stem}-plans{path.suffix}"), path.with_name(f"plans{path.suffix}"))
    found = next((each for each in beside if each.is_file() and each != path), None)
    return _text(found, PLANS) if found else iter(())


def _needs(columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(column.name for column in columns if column.needed)


def _text(path: Path, columns: Sequence[Column]) -> Iterator[Row | Refused]:
    rows = table.rows(path, needs=_needs(columns), kind=str(KIND), encoding=encoding_of(path), name=plain)
    return _told(rows, {column.name for column in columns})


def _told(rows: Iterator[Row | Refused], known: Collection[str]) -> Iterator[Row | Refused]:
    """Yield the rows that are no remarks; before them, what columns nobody reads."""
    looked = False
    for row in rows:
        if isinstance(row, Row) and not looked:
            looked = True
            unknown = ", ".join(column for column in row.places if column not in known)
            if unknown:
                yield refused(
                    1, _("No such column is known, so it was not read: {columns}.").format(columns=unknown), unknown
                )
        if isinstance(row, Refused) or not row.cells[0].startswith("#"):
            yield row


def _workbook(path: Path, name: str, columns: Sequence[Column]) -> Iterator[Row | Refused]:
    from openpyxl import load_workbook  # slow to import, and needed for workbooks alone

    _check(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what a spreadsheet has besides cells
        try:
            book = load_workbook(path, read_only=True, data_only=True)
        except Exception as error:
            raise NotThisKindOfFile(_("{path} can't be read as an Excel workbook.").format(path=path)) from error
        try:
            titles = {sheet.title.casefold(): sheet for sheet in book.worksheets}
            sheet = titles.get(name) or (book.worksheets[0] if name == "therapists" and book.worksheets else None)
            if sheet is not None:
                found = _sheet(enumerate(sheet.iter_rows(values_only=True), start=1), path, columns)
                yield from _told(found, {column.name for column in columns})
        finally:
            book.close()


def _check(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except (OSError, zipfile.BadZipFile) as error:
        raise NotThisKindOfFile(_("{path} can't be read as an Excel workbook.").format(path=path)) from error
    if size > LARGEST:
        raise NotThisKindOfFile(
            _("{path} unpacks to {size:,} bytes: no roster is that large.").format(path=path, size=size)
        )


def _sheet(rows: Iterator[tuple[int, Sequence[Any]]], path: Path, columns: Sequence[Column]) -> Iterator[Row | Refused]:
    header = next(rows, (0, ()))[1]
    places = {plain(_word(cell)): place for place, cell in enumerate(header) if _word(cell)}
    missing = [column for column in _needs(columns) if column not in places]
    if missing:
        sentence = _("{path} is not {kind}: the first row of its sheet lacks the column {missing}.")
        raise NotThisKindOfFile(sentence.format(path=path, kind=KIND, missing=", ".join(missing)))
    for number, values in rows:
        cells = [_word(value) for value in values]
        if any(cells):
            yield Row(number, cells + [""] * (len(header) - len(cells)), places)


def _word(value: object) -> str:
    """Return a cell as it reads: a day without its midnight, a whole number without its fraction."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\0", "").strip()
