"""An import from its first batch to its report: one transaction per batch, directory and hours together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.db import transaction

from nearer.directory import api as directory
from nearer.directory.api import records
from nearer.foundation import clock
from nearer.scheduling import api as scheduling

OnBatch = Callable[[records.Batch, records.Counts], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an import; `interrupted`: it was stopped, and what it had committed stays."""

    run_id: int
    source: str
    counts: records.Counts
    interrupted: bool = False


def run(source: str, batches: Iterator[records.Batch], *, on_batch: OnBatch) -> Report:
    """Take in every batch of a source. Ctrl-C ends it after the last whole batch.

    :raises NotThisKindOfFile: the file is no such file; nothing was written, not even that this was tried.
    """
    first = next(batches, records.Batch(read=0))
    run_id = directory.start_run(source=source, now=clock.now())
    interrupted = False
    try:
        _take_in_all(run_id, chain((first,), batches), on_batch)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        counts = directory.finish_run(run_id=run_id, now=clock.now())
    return Report(run_id, source, counts, interrupted)


def _take_in_all(run_id: int, batches: Iterable[records.Batch], on_batch: OnBatch) -> None:
    for batch in batches:
        with transaction.atomic():
            counts = directory.take_in(batch, run_id=run_id, now=clock.now())
            counts += _set_hours(batch, run_id)
        on_batch(batch, counts)


def _set_hours(batch: records.Batch, run_id: int) -> records.Counts:
    """Write the hours of a batch; of hours that can't be kept, put aside those alone."""
    try:
        with transaction.atomic():
            scheduling.set_hours_of(batch.diaries)
    except scheduling.HoursWrong:
        return _set_hours_one_by_one(batch, run_id)
    return records.Counts()


def _set_hours_one_by_one(batch: records.Batch, run_id: int) -> records.Counts:
    lines = {therapist.npi: therapist.line for therapist in batch.therapists}
    refused = []
    for diary in batch.diaries:
        try:
            with transaction.atomic():
                scheduling.set_hours_of([diary])
        except scheduling.HoursWrong as reason:
            refused.append(records.Refused(lines.get(diary.npi, 0), str(reason), f"{diary.npi} {diary.hours}"[:400]))
    return directory.take_in(records.Batch(read=0, refused=tuple(refused)), run_id=run_id, now=clock.now())
