"""What an operator does with rows that were put aside."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from nearer.directory import api as directory
from nearer.matching import api as matching
from nearer.portal.operations.imports.reading import try_again

#: Rows that are tried again with one press.
AT_ONCE = 200


class NotMendable(Exception):
    """A row can't be tried again here; the sentence says why."""


def mend(*, row_id: int, cells: Mapping[str, str], by: int) -> bool:
    """Try a row again with these cells; tell whether it went in. If not, it stays with the new reason.

    :raises NotMendable: it is gone, or of a file that people do not keep.
    """
    row = directory.aside_row(row_id)
    if row is None:
        raise NotMendable(_("This row was mended or discarded already."))
    if not row.cells:
        raise NotMendable(_("This row can’t be mended here. Put the file right, and import it again."))
    counts = try_again(row_id, cells, line=row.line, actor=f"staff:{by}")
    if counts.quarantined:
        return False
    npi = cells.get("npi", "").strip()
    matching.project_soon(therapist_ids=directory.therapist_ids([npi]).values())
    return True


def try_alike(*, run_id: int, alike: str, by: int) -> tuple[int, int]:
    """Try again, unchanged, the rows that an import put aside for one reason; return how many went in, of how many."""
    rows = [row for row in directory.aside(run_id, alike=alike, most=AT_ONCE) if row.cells]
    return sum(mend(row_id=row.id, cells=dict(row.cells), by=by) for row in rows), len(rows)


def discard_alike(*, run_id: int, alike: str, by: int) -> int:
    """Throw away the rows that an import put aside for one reason; return how many."""
    rows = directory.aside(run_id, alike=alike)
    return directory.discard(row_ids=[row.id for row in rows], actor=f"staff:{by}") if rows else 0


def discard_row(*, row_id: int, by: int) -> None:
    """Throw one row away; one that is gone is gone."""
    try:
        directory.discard(row_ids=[row_id], actor=f"staff:{by}")
    except directory.RowGone:
        return
