"""What kept a therapist out of made-up requests."""

from __future__ import annotations

from dataclasses import dataclass

#: A kind of constraint, how often it stood in the way, and how often it alone did.
Removal = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Removals:
    """Of `asked` made-up requests on `days` days, `fitted` could have been offered this therapist.

    `kinds` begins with what alone stood in the way most often.
    """

    days: int
    asked: int
    fitted: int
    kinds: tuple[Removal, ...]
