"""What a pool holds: a row per therapist, a column per fact."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.bitmaps import Words

#: The columns of masks: one bit per code of the vocabulary they are named after, or per jurisdiction.
MASKS = ("telehealth_in", "in_person_in", "languages", "concerns", "approaches", "styles", "identities")


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The columns of one pool, in the order of the therapists' well-mixed ids; and what was derived from them.

    `openings` and `networks` lie word by word (`openings[w, row]`), bit h of word w being the UTC hour
    `anchor + 64 w + h`, and bit b of word w the network `network_codes[64 w + b]`. A row without a licence is
    the place of someone who has left. `kept` holds what `postings` worked out, for the next question.
    """

    anchor: datetime
    ids: NDArray[np.int64]
    telehealth_in: Words
    in_person_in: Words
    network_codes: tuple[int, ...]
    networks: Words
    pays_self: NDArray[np.bool_]
    ages: NDArray[np.uint8]
    languages: Words
    concerns: Words
    approaches: Words
    styles: Words
    identities: Words
    openings: Words
    record: NDArray[np.float32]
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.ids)


def mixed(values: Words) -> Words:
    """Return each value with its bits well mixed (splitmix64's finalizer); no two values come out the same."""
    out = values + np.uint64(0x9E3779B97F4A7C15)
    out ^= out >> np.uint64(30)
    out *= np.uint64(0xBF58476D1CE4E5B9)
    out ^= out >> np.uint64(27)
    out *= np.uint64(0x94D049BB133111EB)
    out ^= out >> np.uint64(31)
    return out
