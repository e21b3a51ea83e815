"""The price of scarce capacity: what a therapist's next intake is worth to others who asked lately."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.bitmaps import Words, packed
from nearer.matching.engine.columns import Columns, mixed
from nearer.matching.engine.ties import salts

FINEST = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Dual prices of intake capacity by therapist, in points of score; nobody with room to spare has one."""

    ids: NDArray[np.int64]
    values: NDArray[np.float64]

    @classmethod
    def of(cls, prices: Mapping[int, float]) -> Self:
        """Return the prices that matter: those of at least a billionth, which is as fine as scores are kept.

        The same object asked with again finds what each pool has kept for it; so make it once a night, not once
        a question.

        :raises ValueError: a price is below zero, or no number.
        """
        priced = sorted((therapist_id, price) for therapist_id, price in prices.items() if abs(price) >= FINEST)
        values = np.array([price for _, price in priced], np.float64)
        if not (values >= 0).all():
            raise ValueError("a price is zero or more")
        return cls(np.array([therapist_id for therapist_id, _ in priced], np.int64), values)

    def __len__(self) -> int:
        return len(self.ids)


class Priced(NamedTuple):
    """The prices of one pool: of each row, and the rows that have none."""

    column: NDArray[np.float64]
    free: Words


def priced(pool: Columns, prices: Prices) -> Priced:
    """Return the prices of a pool's rows; kept with the pool until other prices are asked for."""
    kept: tuple[Prices, Priced] | None = pool.kept.get("prices")
    if kept is None or kept[0] is not prices:
        column = np.zeros(len(pool))
        rows = np.searchsorted(salts(pool), mixed(prices.ids.astype(np.uint64)))
        here = np.append(pool.ids, -1)[rows] == prices.ids
        column[rows[here]] = prices.values[here]
        kept = pool.kept["prices"] = (prices, Priced(column, packed(column == 0)))
    return kept[1]
