"""A network of therapists who do not exist, with the spread of a real one, for demonstrations and benchmarks.

The same seed gives the same network, and the first thousand therapists of a larger network are those of a smaller one.
Their NPIs start with 9, where no real NPI does; their names say that they are for demonstration.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from nearer.directory.records import Batch
from nearer.directory.sources.synthetic import market, people

BATCH = 500
MOST = 10_000_000
__all__ = ["MOST", "read"]


def read(count: int, *, seed: int, today: date) -> Iterator[Batch]:
    """Yield the market (payers, networks, plans), then `count` therapists in batches, as of `today`.

    :raises ValueError: fewer than one therapist, or more than ten million.
    """
    if not 1 <= count <= MOST:
        raise ValueError(count)
    yield market.batch(today)
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        told = [people.person(number, Random(seed * MOST + number), today) for number in numbers]  # noqa: S311 (no secret)
        yield Batch(
            read=len(told),
            therapists=tuple(therapist for therapist, _ in told),
            diaries=tuple(diary for _, diary in told),
        )
