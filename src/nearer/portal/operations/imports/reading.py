"""An import from its first batch to its report: one transaction per batch, directory and hours together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from django.db import transaction

from nearer.directory import api as directory
from nearer.directory.api import records
from nearer.foundation import clock
from nearer.scheduling import api as scheduling

#: What is checked "today" must be so wherever a client is, also where the day of UTC has not begun yet.
WESTERNMOST = timedelta(hours=12)

OnBatch = Callable[[records.Batch, records.Counts], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an import; `interrupted`: it was stopped, and what it had committed stays."""

    run_id: int
    source: str
    counts: records.Counts
    interrupted: bool = False


def run(
    source: str,
    batches: Iterator[records.Batch],
    *,
    on_batch: OnBatch,
    on_start: Callable[[int], None] = lambda _: None,
) -> Report:
    """Take in every batch of a source. Ctrl-C ends it after the last whole batch.

    :param on_start: hears the run's id once the file has turned out to be one.

    :raises NotThisKindOfFile: the file is no such file; nothing was written, not even that this was tried.
    """
    first = next(batches, records.Batch(read=0))
    run_id = directory.start_run(source=source, now=clock.now())
    on_start(run_id)
    interrupted = False
    try:
        _take_in_all(run_id, chain((first,), batches), on_batch)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        counts = directory.finish_run(run_id=run_id, now=clock.now())
    return Report(run_id, source, counts, interrupted)


def try_again(row_id: int, cells: Mapping[str, str], *, line: int, actor: str) -> records.Counts:
    """Take in one row that was put aside, as its cells read now, the way an import would have.

    :raises RowGone: somebody mended or discarded it.
    """
    now = clock.now()
    batch = directory.read_roster_row(cells, line=line, today=(now - WESTERNMOST).date())
    with transaction.atomic():
        run_id, counts = directory.take_again(batch, row_id=row_id, actor=actor, now=now)
        return counts + _set_hours(batch, run_id)


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
    told = {therapist.npi: therapist for therapist in batch.therapists}
    refused = []
    for diary in batch.diaries:
        try:
            with transaction.atomic():
                scheduling.set_hours_of([diary])
        except scheduling.HoursWrong as reason:
            refused.append(_refused(told.get(diary.npi), str(reason), f"{diary.npi} {diary.hours}"[:400]))
    return directory.take_in(records.Batch(read=0, refused=tuple(refused)), run_id=run_id, now=clock.now())


def _refused(told: records.TherapistRecord | None, reason: str, content: str) -> records.Refused:
    return records.Refused(told.line if told else 0, reason, content, told.cells if told else ())
