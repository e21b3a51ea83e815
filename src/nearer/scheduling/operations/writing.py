"""Writing many diaries at once, and of each only what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from nearer.audit import api as audit
from nearer.directory import api as directory
from nearer.directory.api import records
from nearer.scheduling.models import Diary, Hours
from nearer.scheduling.policies import check_hours, check_settings
from nearer.scheduling.rules.diary import SETTINGS, WeeklyHours, tidy_week
from nearer.scheduling.rules.states import SYSTEM

#: (diary, weekday, start minute, end minute)
HoursRow = tuple[int, int, int, int]

_INSERT_HOURS = """
INSERT INTO scheduling_hours (diary_id, weekday, start_minute, end_minute)
SELECT * FROM unnest(%s::bigint[], %s::smallint[], %s::smallint[], %s::smallint[])
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a diary should read. Settings that are not named stay as they are."""

    time_zone: str
    settings: Mapping[str, int | date | None]
    hours: frozenset[WeeklyHours]

    @property
    def columns(self) -> dict[str, str | int | date | None]:
        return {"time_zone": self.time_zone, **self.settings}


@transaction.atomic
def set_hours_of(diaries: Sequence[records.DiaryRecord]) -> None:
    """Write what a source says of many therapists' hours. A therapist who is not in the directory is passed over.

    :raises HoursWrong: no such zone, no such setting, or hours that are none.
    """
    ids = directory.therapist_ids([record.npi for record in diaries])
    wanted = {ids[record.npi]: _wanted(record) for record in diaries if record.npi in ids}
    changed = write_diaries(wanted)
    if changed:
        audit.record(actor=SYSTEM, action="set_hours", subject="diaries", detail={"count": changed})


def _wanted(record: records.DiaryRecord) -> Wanted:
    hours = [WeeklyHours(each.weekday, each.start_minute, each.end_minute) for each in record.hours]
    check_hours(record.time_zone, hours)
    check_settings(record.settings)
    return Wanted(record.time_zone, record.settings, tidy_week(hours))


def write_diaries(wanted: Mapping[int, Wanted]) -> int:
    """Make these diaries read as wanted, by therapist id, and return how many did not before."""
    return len(_write_settings(wanted) | _write_hours(wanted))


def _write_settings(wanted: Mapping[int, Wanted]) -> set[int]:
    # In order of id, as every writer of several diaries does, so that two never wait for each other.
    found = Diary.objects.select_for_update().filter(therapist_id__in=wanted).order_by("therapist_id")
    held = {diary.therapist_id: diary for diary in found}
    new = [Diary(therapist_id=each, **want.columns) for each, want in sorted(wanted.items()) if each not in held]
    changed = [diary for diary in held.values() if _rewritten(diary, wanted[diary.therapist_id])]
    Diary.objects.bulk_create(new)
    Diary.objects.bulk_update(changed, ["time_zone", *SETTINGS])
    return {diary.therapist_id for diary in (*new, *changed)}


def _rewritten(diary: Diary, want: Wanted) -> bool:
    """Set what is wanted on the row, and say whether anything differed."""
    differing = {name: value for name, value in want.columns.items() if getattr(diary, name) != value}
    for name, value in differing.items():
        setattr(diary, name, value)
    return bool(differing)


def _write_hours(wanted: Mapping[int, Wanted]) -> set[int]:
    rows = Hours.objects.filter(diary_id__in=wanted).values_list(
        "id", "diary_id", "weekday", "start_minute", "end_minute"
    )
    held: dict[HoursRow, int] = {(diary, *when): row_id for row_id, diary, *when in rows}  # type: ignore[misc]
    said = {
        (therapist_id, each.weekday, each.start_minute, each.end_minute)
        for therapist_id, want in wanted.items()
        for each in want.hours
    }
    gone, new = held.keys() - said, said - held.keys()
    if gone:
        Hours.objects.filter(id__in=[held[row] for row in gone]).delete()
    if new:
        _insert_hours(sorted(new))
    return {row[0] for row in gone | new}


def _insert_hours(rows: Iterable[HoursRow]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_HOURS, [list(column) for column in zip(*rows, strict=True)])
