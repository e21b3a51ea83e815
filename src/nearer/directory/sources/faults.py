"""How a source says no: to a whole file before anything is written, or to one row while the rest goes in."""

from __future__ import annotations

from nearer.directory.records import Cells, Refused

#: Characters of a refused row that are kept for the person who has to find it.
KEPT = 400


class NotThisKindOfFile(Exception):
    """The file is not what it was said to be. Nothing of it was taken in."""


class RowRefused(Exception):
    """One row can't be taken in."""


def refused(line: int, reason: object, content: str, cells: Cells = ()) -> Refused:
    """Return the refusal as it is kept: printable, without NUL (which PostgreSQL has no room for), cut to size."""
    shown = "".join(character if character.isprintable() else " " for character in content[:KEPT])
    return Refused(line, str(reason), shown, cells)
