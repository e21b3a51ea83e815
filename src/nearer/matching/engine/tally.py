"""Which constraints kept each row of a pool out of many requests, counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.eligible import Question, constraints
from nearer.matching.engine.pool import Pool
from nearer.matching.engine.request import Request

Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
#: What may keep someone out, in the order in which it is told. "taking": they are not offered to anybody at all;
#: "openings": no time whatever; "times": none of the times that were asked for.
KINDS = (
    "taking",
    "openings",
    "licence",
    "payment",
    "ages",
    "modality",
    "times",
    "language",
    "concern",
    "approach",
    "style",
    "identity",
)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What became of `asked` requests, for each row of a pool.

    `fitted`: how many it could be shown in. By kind: how often that stood in the way, and how often it alone did.
    """

    asked: int
    fitted: Counts
    any: dict[str, Counts]
    alone: dict[str, Counts]


def tally(requests: Iterable[Request], pool: Pool, taking: Flags, at: datetime) -> Tally:
    """Ask a pool each request and count what kept each row out.

    :param taking: whether each row is offered to anybody at all, times aside.
    """
    rows = len(pool)
    asked, fitted = 0, np.zeros(rows, np.int64)
    each = {kind: np.zeros(rows, np.int64) for kind in KINDS}
    alone = {kind: np.zeros(rows, np.int64) for kind in KINDS}
    has_time: Flags = np.any(pool.openings, axis=0)
    for request in requests:
        failed = _failed(Question(request, pool, at), taking, has_time)
        how_many = np.sum(list(failed.values()), axis=0)
        fitted += how_many == 0
        for kind, flags in failed.items():
            each[kind] += flags
            alone[kind] += flags & (how_many == 1)
        asked += 1
    return Tally(asked, fitted, each, alone)


def _failed(question: Question, taking: Flags, has_time: Flags) -> dict[str, Flags]:
    """Return for each kind which rows it keeps out. A row without any time is not said to lack the wanted ones too."""
    rows = len(question.pool)
    failed: dict[str, Flags] = {"taking": ~taking, "openings": ~has_time}
    for name, words in constraints(question):
        kind = "times" if name == "openings" else name
        out = ~np.unpackbits(words.view(np.uint8), count=rows, bitorder="little").view(np.bool_)
        failed[kind] = failed.get(kind, np.zeros(rows, np.bool_)) | out
    failed["times"] &= has_time
    if "modality" in failed:  # whoever has no licence here can be seen in no way: that is one thing, not two
        failed["modality"] &= ~failed["licence"]
    return failed
