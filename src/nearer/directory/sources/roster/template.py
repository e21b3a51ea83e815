"""An empty roster, with what to write where."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from nearer.directory.sources.roster.columns import PLANS, THERAPISTS, Column

WIDTH = 22


def template(columns: Sequence[Column] = THERAPISTS) -> str:
    """Return the table as CSV: the columns, and two remarks that say what goes into them and show an example."""
    written = StringIO()
    sheet = csv.writer(written, lineterminator="\n")
    sheet.writerow(column.name for column in columns)
    for told in ([column.says for column in columns], [column.example for column in columns]):
        sheet.writerow([f"# {told[0]}", *told[1:]])
    return written.getvalue()


def write_template(path: Path) -> tuple[Path, ...]:
    """Write the template as a workbook of three sheets (.xlsx), or as two CSV files; return what was written.

    :raises FileExistsError: there is such a file already, and it may be somebody's roster.
    """
    if path.suffix.lower() == ".xlsx":
        _check(path)
        _write_workbook(path)
        return (path,)
    plans = path.with_name(f"{path.stem}-plans{path.suffix}")
    _check(path)
    _check(plans)
    # The mark at the start tells Excel that this is UTF-8.
    path.write_text(template(THERAPISTS), "utf-8-sig")
    plans.write_text(template(PLANS), "utf-8-sig")
    return path, plans


def _check(path: Path) -> None:
    if path.exists():
        raise FileExistsError(17, "There is such a file already", str(path))


def _write_workbook(path: Path) -> None:
    from openpyxl import Workbook  # slow to import, and needed for workbooks alone
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for title, columns in (("therapists", THERAPISTS), ("plans", PLANS)):
        sheet = book.create_sheet(title)
        for place, column in enumerate(columns, start=1):
            letter = get_column_letter(place)
            sheet.column_dimensions[letter].width = max(WIDTH, len(column.name) + 2)
            sheet.column_dimensions[letter].number_format = "@"
        sheet.append([column.name for column in columns])
        sheet.append([f"# {columns[0].says}", *(column.says for column in columns[1:])])
        sheet.append([f"# {columns[0].example}", *(column.example for column in columns[1:])])
    book.save(path)
