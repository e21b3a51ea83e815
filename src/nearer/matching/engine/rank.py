"""Who fits, and who fits best."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.answer import Answer, Part, Ranked
from nearer.matching.engine.bitmaps import Rows, Words, count, rows_in
from nearer.matching.engine.eligible import Question, eligible
from nearer.matching.engine.narrow import contenders
from nearer.matching.engine.pool import Pool
from nearer.matching.engine.prices import Prices
from nearer.matching.engine.relax import ladder
from nearer.matching.engine.request import Request
from nearer.matching.engine.score import GRAIN, Scoring
from nearer.matching.engine.ties import ties
from nearer.matching.engine.times import HOUR
from nearer.matching.engine.weights import Weights, weights

#: A first answer holds up to five; with fewer than three the ladder of relaxations comes along.
MOST = 5
FEWEST = 3
SOON = timedelta(hours=48)


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
    return Answer(
        describe(scoring, first),
        total,
        within,
        ladder(question, found) if total < FEWEST else (),
        request.seed,
        _Rest(scoring, found, total, first),
    )


def best(scoring: Scoring, rows: Rows, most: int) -> Rows:
    """Return the best `most` of `rows`, best first."""
    points = scoring.points(rows, scoring.fits(rows))
    if len(rows) > 2 * most:
        near = (points >= np.partition(points, -most)[-most]).nonzero()[0]
        rows, points = rows[near], points[near]
    block, place = ties(scoring.question.pool, rows, scoring.question.request.seed)
    return rows[np.lexsort((place, block, -points))[:most]]


def describe(scoring: Scoring, rows: Rows) -> tuple[Ranked, ...]:
    """Return what is to be said about each of `rows`."""
    pool, opens = scoring.question.pool, scoring.question.opens
    fits = scoring.fits(rows)
    wishes = [share.wish for share in scoring.shares]
    met = [scoring.met(wish, rows).tolist() for wish in wishes]
    columns = zip(
        pool.ids[rows].tolist(),
        scoring.points(rows, fits).tolist(),
        fits.tolist(),
        opens.hours[rows].tolist(),
        opens.days_of[rows].tolist(),
        scoring.modalities(rows).tolist(),
        zip(*met, strict=True) if met else ((),) * len(rows),
        strict=True,
    )
    return tuple(
        Ranked(
            therapist_id,
            points / GRAIN,
            fit,
            pool.anchor + hour * HOUR,
            day,
            modalities,
            tuple(Part(wish, mask, wish.mask & ~mask) for wish, mask in zip(wishes, masks, strict=True)),
        )
        for therapist_id, points, fit, hour, day, modalities, masks in columns
    )


def _with_someone_soon(scoring: Scoring, found: Words, first: Rows) -> tuple[Rows, bool]:
    """Put the best of those with an opening within 48 hours in the last place, if none of the first has one."""
    question = scoring.question
    hours = question.opens.hours
    limit = -((question.pool.anchor - question.at - SOON) // HOUR)
    if not len(first) or (hours[first] < limit).any():
        return first, bool(len(first))
    rows = rows_in(found & question.opens.by(3))
    rows = rows[hours[rows] < limit]
    if not len(rows):
        return first, False
    return np.append(first[: MOST - 1], best(scoring, rows, 1)), True


class _Rest:
    """Everyone else who fits, put in order only as far as somebody asks."""

    __slots__ = ("_first", "_found", "_known", "_scoring", "_total")

    def __init__(self, scoring: Scoring, found: Words, total: int, first: Rows) -> None:
        self._scoring, self._found, self._total = scoring, found, total
        self._first = self._known = first

    def ids(self, stop: int) -> NDArray[np.int64]:
        ids: NDArray[np.int64] = self._scoring.question.pool.ids[self._rows(stop)]
        return ids

    def described(self, start: int, stop: int) -> tuple[Ranked, ...]:
        return describe(self._scoring, self._rows(stop)[start:stop])

    def _rows(self, stop: int) -> Rows:
        if stop > len(self._known):
            rows = best(self._scoring, contenders(self._scoring, self._found, self._total, stop), stop)
            self._known = np.concatenate((self._first, rows[~np.isin(rows, self._first)]))
        return self._known[:stop]
