"""Which of many who fit can be among the best, found without scoring them all."""

from __future__ import annotations

import numpy as np

from nearer.matching.engine.bitmaps import Rows, Words, count, rows_in
from nearer.matching.engine.postings import bits_of
from nearer.matching.engine.score import GRAIN, NEUTRAL, Scoring
from nearer.matching.engine.ties import drawn

#: Up to so many are scored outright.
_FEW = 4096

#: Of more equals than these, the first are drawn without looking at the others.
_EQUALS = 2048


def contenders(scoring: Scoring, found: Words, total: int, most: int) -> Rows:
    """Return rows of `found` (`total` of them) among which the best `most` certainly are.

    Scored first is a promising group: those who meet as many of the chosen codes as leave enough of them, as soon
    as possible. If nobody could score more than they all do, the draw among equals decides at once. Otherwise the
    worst of its best sets the bar. Nobody can reach the bar who lacks a code worth more than the distance from a
    full fit to it, or whose first opening is too late; they are left out unscored.
    """
    if total <= max(_FEW, most):
        return rows_in(found)
    top = (1.0 if scoring.shares else NEUTRAL) + scoring.by_record * NEUTRAL
    codes = _codes(scoring)
    days = scoring.question.opens.days
    group, size, perfect = _promising(scoring, found, codes, most)
    if perfect and size > _EQUALS:
        return drawn(scoring.question.pool, group, most, scoring.question.request.seed)
    rows = rows_in(group)
    points = scoring.points(rows, scoring.fits(rows))
    bar = float(np.partition(points, -most)[-most] - 1) / GRAIN
    latest = max((day for day in days if top - day * scoring.delay >= bar), default=days[0])
    if perfect and latest == days[0]:
        return rows
    left = found & scoring.question.opens.by(latest)
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


def _promising(scoring: Scoring, found: Words, codes: list[tuple[float, Words]], most: int) -> tuple[Words, int, bool]:
    """Return at least `most` rows of `found` that are likely to score best, how many, and whether no score is higher.

    No score is higher if they have every chosen code and an opening on the first day, and no record or price
    tells them apart.
    """
    group, size, perfect = found, most, scoring.alike
    for _, having in codes:
        smaller = group & having
        size = count(smaller)
        if size >= most:
            group = smaller
        else:
            perfect = False
    for day in scoring.question.opens.days:
        sooner = group & scoring.question.opens.by(day)
        size = count(sooner)
        if size >= most:
            return sooner, size, perfect and day == scoring.question.opens.days[0]
    return group, size, False
