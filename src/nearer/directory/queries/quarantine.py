"""What imports put aside."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.directory.models import ImportRun, QuarantinedRow
from nearer.directory.records import Refused


def last_run() -> int | None:
    """Return the id of the latest import that put something aside, if any did."""
    return ImportRun.objects.filter(quarantined__gt=0).order_by("-id").values_list("id", flat=True).first()


def quarantined(run_id: int) -> Iterator[Refused]:
    """Yield the rows that an import put aside, in the order of the file."""
    rows = QuarantinedRow.objects.filter(run_id=run_id).order_by("line", "id").values_list("line", "reason", "content")
    return (Refused(line, reason, content) for line, reason, content in rows.iterator(chunk_size=1000))
