"""Rows gathered into batches, each small enough for one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nearer.directory.records import Batch, DiaryRecord, Refused, TherapistRecord

KEPT = 500
#: Rows that are read and left aside (another profession, an organization) end a batch too, so that progress shows.
READ = 20_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What one row of a source became: a therapist, their diary if it tells of one, and parts that were refused."""

    therapist: TherapistRecord
    diary: DiaryRecord | None = None
    refused: tuple[Refused, ...] = ()


@dataclass(slots=True)
class _Open:
    read: int = 0
    therapists: list[TherapistRecord] = field(default_factory=list)
    diaries: list[DiaryRecord] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def add(self, row: Taken | Refused | None) -> None:
        self.read += 1
        if isinstance(row, Refused):
            self.refused.append(row)
        elif row is not None:
            self.therapists.append(row.therapist)
            self.refused.extend(row.refused)
            if row.diary is not None:
                self.diaries.append(row.diary)

    @property
    def full(self) -> bool:
        return len(self.therapists) + len(self.refused) >= KEPT or self.read >= READ

    def close(self) -> Batch:
        return Batch(
            read=self.read,
            therapists=tuple(self.therapists),
            diaries=tuple(self.diaries),
            refused=tuple(self.refused),
        )


def in_batches(rows: Iterable[Taken | Refused | None]) -> Iterator[Batch]:
    """Yield the rows in batches of about 500; None is a row that was read and left aside."""
    batch = _Open()
    for row in rows:
        batch.add(row)
        if batch.full:
            yield batch.close()
            batch = _Open()
    if batch.read:
        yield batch.close()
