"""Which of many who fit can be among the best, found without scoring them all."""

from __future__ import annotations

import numpy as np

from nearer.matching.engine.bitmaps import Rows, Words, rows_in
from nearer.matching.engine.postings import NEUTRAL, bits_of
from nearer.matching.engine.score import GRAIN, Scoring
from nearer.matching.engine.ties import drawn

#: Up to so many are scored outright.
_FEW = 4096

#: About so many are scored to set the bar.
_SAMPLE = 1024

#: How finely is counted what someone may lack.
_UNITS = 8


def contenders(scoring: Scoring, found: Words, total: int, most: int) -> Rows:
    """Return rows of `found` (`total` of them) among which the best `most` certainly are.

    If enough score as high as anyone can, the draw among those equals decides. Otherwise a sample is scored first
    (the first rows of the pool: they lie in no order that matters). The worst of its best sets the bar, and who
    can't reach it, whose first opening is too late or who lacks too much of what was chosen, is left out unscored.
    """
    if total <= max(_FEW, most):
        return rows_in(found)
    opens, days = scoring.question.opens, scoring.question.opens.days
    codes = _codes(scoring)
    if not codes or codes[-1][0] > scoring.most_by_record:
        perfect = [found, opens.by(days[0]), *(having for _, having in codes), *scoring.held_back_by_nothing()]
        rows = drawn(scoring.question.pool, perfect, most, scoring.question.request.seed)
        if rows is not None:
            return rows
    top = (1.0 if codes else NEUTRAL) + scoring.most_by_record
    sample = rows_in(found[: len(found) * max(_SAMPLE, total // 128) // total + 1])
    points = scoring.placed(sample if len(sample) >= most else rows_in(found)).points
    bar = float(np.partition(points, -most)[-most] - 1) / GRAIN
    latest = max((day for day in days if top - day * scoring.delay >= bar), default=days[0])
    return rows_in(_lacking_at_most(found & opens.by(latest), codes, top - days[0] * scoring.delay - bar))


def _codes(scoring: Scoring) -> list[tuple[float, Words]]:
    """Return each chosen code's worth and the rows that have it, the worthiest first."""
    code = scoring.question.code
    every = [(worth, code(wish.kind, bit)) for wish, worth in scoring.shares if worth for bit in bits_of(wish.mask)]
    return sorted(every, key=lambda each: -each[0])


def _lacking_at_most(rows: Words, codes: list[tuple[float, Words]], spare: float) -> Words:
    """Return `rows` without most of those who lack codes worth more than `spare`; nobody who lacks less is left out.

    Worths are counted in units, rounded down, and `spare` up. `within[n]` are the rows that lack at most n units of
    the codes looked at so far.
    """
    unit = max(min((worth for worth, _ in codes), default=1.0), spare / _UNITS)
    within = [rows] * (int(spare / unit + 1e-6) + 1)
    for worth, having in codes:
        cost = int(worth / unit + 1e-12)
        for units in reversed(range(len(within)) if cost else ()):
            having_it = within[units] & having
            within[units] = having_it | within[units - cost] if units >= cost else having_it
    return within[-1]
