"""A made-up network of any size as rows or as ready columns, deterministic by seed: for tests and for the benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nearer.matching.engine.bitmaps import WORDS, Words
from nearer.matching.engine.columns import mixed
from nearer.matching.engine.pool import Pool, Row

_ONE = np.uint64(1)


def pool_of(size: int, *, seed: int, anchor: datetime, jurisdiction: int, networks: int = 40) -> Pool:
    """Return the pool of one state: who works there, in 2 to 12 of its networks, with hours of their own.

    Half see clients in person too; one in three works evenings, one in five weekends; how full a diary is runs
    from empty to nothing free; one in ten is in high demand and has nothing free for the first week.
    """
    random = np.random.default_rng(seed)
    ids = np.cumsum(random.integers(1, 4, size)).astype(np.int64)
    return Pool(
        anchor=anchor,
        ids=ids[mixed(ids.astype(np.uint64)).argsort()],
        telehealth_in=_some(random, size, 56, 0.02) | _ONE << np.uint64(jurisdiction),
        in_person_in=np.where(random.random(size) < 0.5, _ONE << np.uint64(jurisdiction), np.uint64(0)),
        network_codes=tuple(range(1, networks + 1)),
        networks=_some(random, size, networks, 0.17)[np.newaxis],
        pays_self=random.random(size) < 0.8,
        ages=random.choice(np.array([4, 12, 6, 15], np.uint8), size, p=[0.4, 0.4, 0.1, 0.1]),
        languages=_some(random, size, 25, 0.02)
        | np.where(random.random(size) < 0.15, np.uint64(2), np.uint64(0))
        | _ONE,
        concerns=_some(random, size, 26, 0.4),
        approaches=_some(random, size, 20, 0.2),
        styles=_some(random, size, 8, 0.4),
        identities=_some(random, size, 22, 0.1) | np.where(random.random(size) < 0.7, np.uint64(1), np.uint64(2)),
        openings=_diaries(random, size, anchor.hour),
        record=np.full(size, np.nan, np.float32),
    )


def _some(random: Generator, size: int, bits: int, share: float) -> Words:
    """Return masks in which each of `bits` is set in `share` of the rows."""
    found = np.zeros(size, np.uint64)
    for bit in range(bits):
        found |= (random.random(size, np.float32) < share).astype(np.uint64) << np.uint64(bit)
    return found


def _diaries(random: Generator, size: int, first_hour: int) -> Words:
    """Return 21 days of openings: working hours (14 to 22 UTC, some to 2, some at weekends) less what is taken."""
    hour_of_day = (np.arange(WORDS * 64) + first_hour) % 24
    day = (np.arange(WORDS * 64) + first_hour) // 24
    evenings = random.random(size) < 0.34
    weekends = random.random(size) < 0.2
    free = random.beta(0.8, 1.6, size).astype(np.float32)
    busy_days = np.where(random.random(size) < 0.1, 8, 0)
    words = np.zeros((WORDS, size), np.uint64)
    for hour in range(21 * 24):
        of_day = hour_of_day[hour]
        if not (14 <= of_day < 24 or of_day < 3):
            continue
        at_work = np.ones(size, np.bool_) if 14 <= of_day < 22 else evenings
        if day[hour] % 7 >= 5:
            at_work = at_work & weekends
        open_now = at_work & (random.random(size, np.float32) < free * 0.5) & (day[hour] >= busy_days)
        words[hour >> 6] |= open_now.astype(np.uint64) << np.uint64(hour & 63)
    return words


def rows_of(pool: Pool) -> Iterator[Row]:
    """Yield the pool's rows one by one."""
    for row in range(len(pool)):
        yield Row(
            therapist_id=int(pool.ids[row]),
            telehealth_in=int(pool.telehealth_in[row]),
            in_person_in=int(pool.in_person_in[row]),
            networks=_networks(pool, row),
            pays_self=bool(pool.pays_self[row]),
            ages=int(pool.ages[row]),
            languages=int(pool.languages[row]),
            concerns=int(pool.concerns[row]),
            approaches=int(pool.approaches[row]),
            styles=int(pool.styles[row]),
            identities=int(pool.identities[row]),
            openings=np.ascontiguousarray(pool.openings[:, row]).astype("<u8").tobytes(),
            openings_from=pool.anchor,
            record=float(pool.record[row]),
        )


def _networks(pool: Pool, row: int) -> frozenset[int]:
    words: NDArray[np.uint64] = pool.networks[:, row]
    return frozenset(
        code for place, code in enumerate(pool.network_codes) if int(words[place >> 6]) >> (place & 63) & 1
    )
