"""The price of scarce capacity: what a therapist's next intake is worth to others who asked lately."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Dual prices of intake capacity by therapist, in points of score; nobody with room to spare has one."""

    ids: NDArray[np.int64]
    values: NDArray[np.float64]

    @classmethod
    def of(cls, prices: Mapping[int, float]) -> Self:
        """Return the prices that are not zero, ready to be looked up by many ids at once.

        :raises ValueError: a price is below zero, or no number.
        """
        priced = sorted((therapist_id, price) for therapist_id, price in prices.items() if price)
        values = np.array([price for _, price in priced], np.float64)
        if not (values >= 0).all():
            raise ValueError("a price is zero or more")
        return cls(np.array([therapist_id for therapist_id, _ in priced], np.int64), values)

    def __len__(self) -> int:
        return len(self.ids)

    def for_ids(self, ids: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the price of each of `ids`, in their order."""
        if not len(self.ids):
            return np.zeros(len(ids))
        place = np.searchsorted(self.ids, ids)
        place[place == len(self.ids)] = 0
        return np.where(self.ids[place] == ids, self.values[place], 0.0)
