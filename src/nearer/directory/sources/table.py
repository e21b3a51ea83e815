"""Rows of a text table: whatever is wrong with one of them, the rest can be read."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from nearer.directory.records import Cells, Refused
from nearer.directory.sources.faults import NotThisKindOfFile, refused
from nearer.directory.sources.lines import LONGEST, Line, lines

DELIMITERS = (",", ";", "\t", "|")
#: A cell may hold line breaks; one that goes on for more lines than this was never closed.
MOST_LINES = 50

csv.field_size_limit(LONGEST)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by the header's names; a column that the table lacks is an empty cell. No places: a blank line."""

    line: int
    cells: list[str]
    places: Mapping[str, int]

    def __getitem__(self, column: str) -> str:
        place = self.places.get(column)
        return "" if place is None else self.cells[place].strip()

    @property
    def told(self) -> Cells:
        """The cells that say something, with their columns' names."""
        return tuple((column, self.cells[place]) for column, place in self.places.items() if self.cells[place])

    @property
    def content(self) -> str:
        return ",".join(cell for cell in self.cells if cell)


def rows(
    path: Path,
    *,
    needs: Collection[str],
    kind: str,
    encoding: str = "utf-8",
    name: Callable[[str], str] = str.strip,
) -> Iterator[Row | Refused]:
    """Yield each row under the header, or why it can't be read.

    :param needs: the columns without which this is no such file.
    :param kind: what the file should be, for the sentence that refuses it.
    :param name: makes a column's name of what the header says.
    :raises NotThisKindOfFile: the first line is no header with these columns.
    """
    found = lines(path, encoding)
    places, delimiter = _header(next(found), needs, (path, kind), name)
    source = _Source(found)
    while record := _record(source, places, delimiter):
        if isinstance(record, Refused) or record.places:
            yield record


def _header(
    line: Line, needs: Collection[str], called: tuple[Path, str], name: Callable[[str], str]
) -> tuple[Mapping[str, int], str]:
    """Return where each column stands, and what separates them: of the usual marks the one that finds most of them."""
    path, kind = called
    if line.fault is not None:
        raise NotThisKindOfFile(_("{path} is not {kind}: {fault}").format(path=path, kind=kind, fault=line.fault))
    found = {mark: [name(cell) for cell in _names(line.text, mark)] for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: len(set(needs) & set(found[mark])))
    places = {column: place for place, column in enumerate(found[delimiter]) if column}
    missing = [column for column in needs if column not in places]
    if missing:
        sentence = _("{path} is not {kind}: its first line lacks the column {missing}.")
        raise NotThisKindOfFile(sentence.format(path=path, kind=kind, missing=", ".join(missing[:5])))
    return places, delimiter


def _names(text: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([text], delimiter=delimiter), [])]
    except csv.Error:
        return []


class _Source:
    """Lines that can be given back."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._back = deque[Line]()

    def take(self) -> Line | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def give_back(self, lines: Sequence[Line]) -> None:
        self._back.extendleft(reversed(lines))


def _record(source: _Source, places: Mapping[str, int], delimiter: str) -> Row | Refused | None:
    """Return the next record. One whose quote never closes is refused alone, and reading goes on at the line after."""
    taken: list[Line] = []
    while len(taken) < MOST_LINES and (line := source.take()):
        taken.append(line)
        if line.fault is not None:
            break
        try:
            return _row(taken[0], line, _cells(taken, delimiter), places)
        except _Open:
            continue
        except csv.Error:
            return refused(taken[0].number, _("The row's quotation marks don't match."), taken[0].text)
    if not taken:
        return None
    source.give_back(taken[1:])
    first = taken[0]
    unclosed = _("A quotation mark is opened in this row and never closed.")
    return refused(first.number, first.fault or (unclosed if first.complete else _cut_off()), first.text)


class _Open(Exception):
    """A quoted cell is still open at the end of the line."""


def _cells(taken: Sequence[Line], delimiter: str) -> list[str]:
    text = "\n".join(line.text for line in taken)
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise _Open from error
        raise


def _row(first: Line, last: Line, cells: list[str], places: Mapping[str, int]) -> Row | Refused:
    width = max(places.values()) + 1
    blank = not any(cells)
    if len(cells) < width and not blank:
        reason = _("The row has {count} cells; the first line has {width} columns.")
        said = reason.format(count=len(cells), width=width)
        return refused(first.number, said if last.complete else _cut_off(), first.text)
    if any(cells[width:]):
        reason = _("The row has more cells ({count}) than the first line has columns ({width}).")
        return refused(first.number, reason.format(count=len(cells), width=width), first.text)
    return Row(first.number, cells, {} if blank else places)


def _cut_off() -> str:
    return _("The file ends in the middle of this row: it was cut off when it was copied or downloaded.")
