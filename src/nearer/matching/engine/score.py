"""The soft score: how well those who fit, fit. The worked example is in this package's README."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.bitmaps import Rows, Words
from nearer.matching.engine.eligible import Question
from nearer.matching.engine.postings import NEUTRAL, has_records, not_below_neutral
from nearer.matching.engine.prices import Prices, priced
from nearer.matching.engine.request import Request, Strength, Wish
from nearer.matching.engine.weights import CRITERION, Criterion, Weights

#: Scores are kept to a billionth, so that sums that differ only by the order of adding are a tie.
GRAIN = 1e9


class Share(NamedTuple):
    """One wish, and what each of its chosen codes adds to the fit of a therapist who has it."""

    wish: Wish
    worth: float


class Placed(NamedTuple):
    """Rows of a pool with their scores in billionths and their fits, side by side."""

    rows: Rows
    points: NDArray[np.int64]
    fits: NDArray[np.float64]

    def at(self, places: Rows) -> Placed:
        """Return those at `places`, in that order."""
        return Placed(self.rows[places], self.points[places], self.fits[places])

    def followed_by(self, others: Placed) -> Placed:
        """Return these and then the others."""
        return Placed(
            np.concatenate((self.rows, others.rows)),
            np.concatenate((self.points, others.points)),
            np.concatenate((self.fits, others.fits)),
        )


class Scoring:
    """How one question is scored: the worth of each chosen code, delay, record and prices."""

    __slots__ = ("by_record", "delay", "prices", "question", "shares")

    def __init__(self, question: Question, prices: Prices | None, weights: Weights) -> None:
        self.question = question
        self.prices = prices if prices is not None and len(prices) else None
        self.delay = weights.delay_per_day
        self.shares, stated = shares_of(question.request, weights)
        self.by_record = (
            weights.record / (stated + weights.record) if self.shares and has_records(question.pool) else 0.0
        )

    @property
    def most_by_record(self) -> float:
        """The most that a record can add to a fit."""
        return self.by_record * NEUTRAL

    def held_back_by_nothing(self) -> list[Words]:
        """Return the sets of rows that no price and no record lowers; to be had together."""
        sets = [] if self.prices is None else [priced(self.question.pool, self.prices).free]
        return [*sets, not_below_neutral(self.question.pool)] if self.by_record else sets

    def placed(self, rows: Rows) -> Placed:
        """Return the scores of `rows`, all of which fit: fit, less the wait in days, less the price."""
        fits = self._fits(rows)
        score = fits - self.question.opens.days_of[rows] * self.delay
        if self.prices is not None:
            score -= priced(self.question.pool, self.prices).column[rows]
        score *= GRAIN
        return Placed(rows, np.rint(score, out=score).astype(np.int64), fits)

    def _fits(self, rows: Rows) -> NDArray[np.float64]:
        """Return the fit of each of `rows`, 0..1."""
        if not self.shares:
            return np.full(len(rows), NEUTRAL)
        fits = np.zeros(len(rows))
        for wish, worth in self.shares:
            if wish.strength is Strength.MUST and wish.mask.bit_count() == 1:
                fits += worth  # all who fit have it
            else:
                fits += np.bitwise_count(self.question.had(wish, rows)) * worth
        if not self.by_record:
            return np.minimum(fits, 1.0, out=fits)
        record = self.question.pool.record[rows].astype(np.float64)
        fits += np.where(np.isnan(record), 0.0, (record - NEUTRAL) * self.by_record)
        return np.clip(fits, 0.0, 1.0, out=fits)


def shares_of(request: Request, weights: Weights) -> tuple[tuple[Share, ...], float]:
    """Return the worth of the codes of each wish, and the weight of all that was stated.

    The fit is the mean of the stated criteria's shares, weighted; a criterion's share is how many of its chosen
    codes are met, over all its wishes. What was not stated does not count, and one code met is worth
    `weight / stated / chosen`.
    """
    chosen: dict[Criterion, int] = {}
    for wish in request.wishes:
        criterion = CRITERION[wish.kind]
        chosen[criterion] = chosen.get(criterion, 0) + wish.mask.bit_count()
    stated = sum(map(weights.of, chosen))
    if not stated:
        return (), 0.0
    return tuple(
        Share(wish, weights.of(CRITERION[wish.kind]) / stated / chosen[CRITERION[wish.kind]]) for wish in request.wishes
    ), stated
