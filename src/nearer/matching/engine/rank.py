"""Who fits, and who fits best."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.answer import Answer, Ranked
from nearer.matching.engine.bitmaps import Rows, Words, count, rows_in
from nearer.matching.engine.eligible import Question, eligible
from nearer.matching.engine.narrow import contenders
from nearer.matching.engine.pool import Pool
from nearer.matching.engine.prices import Prices
from nearer.matching.engine.relax import everything_nice, ladder
from nearer.matching.engine.request import Request
from nearer.matching.engine.score import GRAIN, Placed, Scoring
from nearer.matching.engine.ties import ties
from nearer.matching.engine.times import HOUR
from nearer.matching.engine.weights import Weights, weights

#: A first answer holds up to five; with fewer than three the ladder of relaxations comes along.
MOST = 5
FEWEST = 3
SOON = timedelta(hours=48)

#: From so many equals on, a partial sort comes before the sort.
_MANY = 64


def rank(request: Request, pool: Pool, prices: Prices | None, at: datetime, *, by: Weights | None = None) -> Answer:
    """Return the answer of `pool` to `request`, asked at `at` (aware, not before the pool's anchor).

    Everyone who meets the hard constraints is in it, ordered by score and, among equals, by a draw from the
    request's seed and the therapist's id. If none of the first five has an opening within 48 hours of `at`, the
    best who has one takes the fifth place. `prices` None: nobody's capacity is scarce. `by` None: the weights in
    force.

    :raises ValueError: `at` has no time zone. :raises ZoneInfoNotFoundError: the request's zone is unknown.
    """
    question = Question(request, pool, at)
    scoring = Scoring(question, prices, by or weights())
    found = eligible(question)
    total = count(found)
    first, within = _with_someone_soon(scoring, found, best(scoring, contenders(scoring, found, total, MOST), MOST))
    steps = ladder(question, found) if total < FEWEST else ()
    return Answer(
        describe(question, first),
        total,
        within,
        steps,
        everything_nice(question, found) if total < FEWEST and not steps else None,
        request.seed,
        _Rest(scoring, found, total, first),
    )


def best(scoring: Scoring, rows: Rows, most: int) -> Placed:
    """Return the best `most` of `rows`, best first."""
    placed = scoring.placed(rows)
    if len(rows) > most:
        near = (placed.points >= np.partition(placed.points, -most)[-most]).nonzero()[0]
        placed = placed.at(near)
    block, place = ties(scoring.question.pool, placed.rows, scoring.question.request.seed)
    if len(placed.rows) > _MANY + most:
        equal = placed.points == placed.points.min()
        wanted = most - len(equal) + int(equal.sum())
        near = (~equal | (block <= np.partition(block[equal], wanted - 1)[wanted - 1])).nonzero()[0]
        placed, block, place = placed.at(near), block[near], place[near]
    return placed.at(np.lexsort((place, block, -placed.points))[:most])


def describe(question: Question, placed: Placed) -> tuple[Ranked, ...]:
    """Return what is to be said about each of `placed`."""
    pool, opens, rows = question.pool, question.opens, placed.rows
    wishes = question.request.wishes
    had = [question.had(wish, rows).tolist() for wish in wishes]
    columns = zip(
        pool.ids[rows].tolist(),
        (placed.points / GRAIN).tolist(),
        placed.fits.tolist(),
        opens.hours[rows].tolist(),
        opens.days_of[rows].tolist(),
        question.modalities(rows).tolist(),
        zip(*had, strict=True) if had else ((),) * len(rows),
        strict=True,
    )
    return tuple(
        [
            Ranked(therapist_id, score, fit, pool.anchor + hour * HOUR, day, modalities, wishes, codes)
            for therapist_id, score, fit, hour, day, modalities, codes in columns
        ]
    )


def _with_someone_soon(scoring: Scoring, found: Words, first: Placed) -> tuple[Placed, bool]:
    """Put the best of those with an opening within 48 hours in the last place, if none of the first has one."""
    question = scoring.question
    hours = question.opens.hours
    limit = -((question.pool.anchor - question.at - SOON) // HOUR)
    if not len(first.rows) or (hours[first.rows] < limit).any():
        return first, bool(len(first.rows))
    rows = rows_in(found & question.opens.by(3))
    rows = rows[hours[rows] < limit]
    if not len(rows):
        return first, False
    return first.at(np.arange(MOST - 1)).followed_by(best(scoring, rows, 1)), True


class _Rest:
    """Everyone else who fits, put in order only as far as somebody asks."""

    __slots__ = ("_first", "_found", "_known", "_scoring", "_total")

    def __init__(self, scoring: Scoring, found: Words, total: int, first: Placed) -> None:
        self._scoring, self._found, self._total = scoring, found, total
        self._first = self._known = first

    def ids(self, stop: int) -> NDArray[np.int64]:
        ids: NDArray[np.int64] = self._scoring.question.pool.ids[self._upto(stop).rows[:stop]]
        return ids

    def described(self, start: int, stop: int) -> tuple[Ranked, ...]:
        return describe(self._scoring.question, self._upto(stop).at(np.arange(start, max(start, stop))))

    def _upto(self, stop: int) -> Placed:
        if stop > len(self._known.rows):
            placed = best(self._scoring, contenders(self._scoring, self._found, self._total, stop), stop)
            others = (~np.isin(placed.rows, self._first.rows)).nonzero()[0]
            self._known = self._first.followed_by(placed.at(others))
        return self._known
