"""Which of many who fit can be among the best, found without scoring them all."""

from __future__ import annotations

import numpy as np

from nearer.matching.engine.bitmaps import Rows, Words, count, rows_in
from nearer.matching.engine.postings import Opens, bits_of
from nearer.matching.engine.score import GRAIN, NEUTRAL, Scoring
from nearer.matching.engine.ties import drawn

#: Up to so many are scored outright.
_FEW = 2048


def contenders(scoring: Scoring, found: Words, total: int, most: int) -> Rows:
    """Return rows of `found` (`total` of them) among which the best `most` certainly are.

    If enough have every chosen code and an opening on the first day, and nothing else tells them apart, nobody
    scores higher and the draw among equals decides. Otherwise a promising group is scored first: those who meet
    as many of the chosen codes as leave enough of them, as soon as possible. The worst of its best sets the bar.
    Nobody can reach the bar who lacks a code worth more than the distance from a full fit to it, or whose first
    opening is too late; they are left out unscored.
    """
    if total <= max(_FEW, most):
        return rows_in(found)
    opens, days = scoring.question.opens, scoring.question.opens.days
    codes = _codes(scoring)
    if scoring.alike:
        perfect = [found, opens.by(days[0]), *(having for _, having in codes)]
        rows = drawn(scoring.question.pool, perfect, most, scoring.question.request.seed)
        if rows is not None:
            return rows
    top = (1.0 if scoring.shares else NEUTRAL) + scoring.by_record * NEUTRAL
    group = scoring.placed(rows_in(_promising(opens, found, codes, most)))
    bar = float(np.partition(group.points, -most)[-most] - 1) / GRAIN
    latest = max((day for day in days if top - day * scoring.delay >= bar), default=days[0])
    left = found & opens.by(latest)
    spare = top - days[0] * scoring.delay - bar
    for worth, having in codes:
        if worth > spare:
            left &= having
    return rows_in(left)


def _codes(scoring: Scoring) -> list[tuple[float, Words]]:
    """Return each chosen code's worth and the rows that have it, the worthiest first."""
    code = scoring.question.code
    every = [(worth, code(wish.kind, bit)) for wish, worth in scoring.shares for bit in bits_of(wish.mask)]
    return sorted(every, key=lambda each: -each[0])


def _promising(opens: Opens, found: Words, codes: list[tuple[float, Words]], most: int) -> Words:
    """Return at least `most` rows of `found` that are likely to score best."""
    group = found
    for _, having in codes:
        smaller = group & having
        if count(smaller) >= most:
            group = smaller
    for day in opens.days:
        sooner = group & opens.by(day)
        if count(sooner) >= most:
            return sooner
    return group
