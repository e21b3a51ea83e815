"""Who fits, and who fits best."""

from __future__ import annotations

from datetime import datetime

from nearer.matching.engine.answer import Answer
from nearer.matching.engine.pool import Pool
from nearer.matching.engine.prices import Prices
from nearer.matching.engine.request import Request


def rank(request: Request, pool: Pool, prices: Prices | None, at: datetime) -> Answer:
    """Return the answer of `pool` to `request`, asked at `at` (aware, not before the pool's anchor).

    `prices` None means that nobody's capacity is scarce.
    """
    raise NotImplementedError
