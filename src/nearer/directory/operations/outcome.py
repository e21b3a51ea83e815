"""What became of the records of a batch."""

from __future__ import annotations

from dataclasses import dataclass, field

from nearer.directory.records import Counts, Refused


@dataclass(slots=True)
class Outcome:
    """A tally that is filled as records are written."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)

    def count(self, *, added: bool, changed: bool) -> None:
        self.added += added
        self.changed += changed and not added
        self.unchanged += not (added or changed)

    def include(self, other: Outcome) -> None:
        self.added += other.added
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.refused += other.refused

    def counts(self, read: int) -> Counts:
        return Counts(read, self.added, self.changed, self.unchanged, len(self.refused))
