"""How fast `rank` is, beside the bare numpy that any such answer needs, and how it grows with the network.

The floor is what one would write by hand for the same columns and the same question: every hard constraint as a mask
over whole columns, then fit and first opening of those left, then the five best. It keeps no index between
questions, gives no reasons, breaks no ties and knows no ladder. Rank and floor take turns in one process, question by
question; figures are medians. Warm: the pool has been asked questions of these kinds before, by others.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from functools import partial
from statistics import median
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.pool import Pool, Row
from nearer.matching.engine.postings import Opens
from nearer.matching.engine.rank import rank
from nearer.matching.engine.request import IN_PERSON, TELEHEALTH, Request, Strength, Wish
from nearer.matching.engine.score import shares_of
from nearer.matching.engine.times import Wanted, wanted
from nearer.matching.engine.weights import weights
from nearer.matching.tests.engine_networks import pool_of

ANCHOR = datetime(2026, 11, 23, 13, tzinfo=UTC)
AT = datetime(2026, 11, 23, 13, 20, tzinfo=UTC)
STATE = 4
#: The largest state's share of the people (California in the census of 2020): the largest pool of a real network.
LARGEST_STATE = 39_538_223 / 331_449_281
SMALL, LARGE = 10_000, 1_000_000
_ZONE = "America/Los_Angeles"
_COLUMN = {"concern": "concerns", "approach": "approaches", "style": "styles", "identity": "identities"}

MOST_OF_FLOOR, MOST_GROWTH = 3, 4

TWELVE = "twelve wishes at once"

#: What people ask, from the barest question to the fullest.
REQUESTS = {
    "a plan and nothing else": Request((STATE,), frozenset({3, 7}), 4, _ZONE),
    "pays themselves, one concern": Request((STATE,), None, 4, _ZONE, (Wish("concern", 1),)),
    "two concerns, a style, evenings": Request(
        (STATE,),
        frozenset({3, 7}),
        4,
        _ZONE,
        (Wish("concern", 0b11), Wish("style", 1), Wish("modality", TELEHEALTH, Strength.MUST)),
        frozenset({"weekday_evening"}),
    ),
    "Spanish and a woman as musts, three concerns, an approach": Request(
        (STATE,),
        frozenset({12}),
        4,
        _ZONE,
        (
            Wish("language", 2, Strength.MUST),
            Wish("identity", 1, Strength.MUST),
            Wish("concern", 0b10101),
            Wish("approach", 0b11),
        ),
    ),
    "a couple in two states, in person or by video, weekends": Request(
        (STATE, 9),
        None,
        12,
        _ZONE,
        (Wish("modality", IN_PERSON), Wish("concern", 0b1001), Wish("style", 0b100)),
        frozenset({"weekend", "weekday_evening"}),
    ),
    TWELVE: Request(
        (STATE,),
        frozenset({3, 7}),
        4,
        _ZONE,
        (
            Wish("concern", 0b11111),
            Wish("approach", 0b11),
            Wish("style", 0b1001),
            Wish("identity", 0b1001),
            Wish("language", 2),
        ),
    ),
}


class Beside(NamedTuple):
    """Median seconds of rank and of the floor for one request; of the first such question; and how many fit."""

    rank: float
    floor: float
    first: float
    total: int

    @property
    def ratio(self) -> float:
        return self.rank / self.floor

    def __str__(self) -> str:
        micro = f"{self.rank * 1e6:.0f} µs, floor {self.floor * 1e6:.0f} µs"
        return f"{self.total:,} fit, {micro}, the first of its kind {self.first * 1e3:.1f} ms"


def floor(request: Request, pool: Pool, hours: Wanted) -> list[int]:
    """Answer with the ids of the five best, by masks over whole columns and a partial sort."""
    first = np.uint64(1 << request.jurisdictions[0])
    everywhere = np.uint64(sum(1 << bit for bit in request.jurisdictions))
    video = (pool.telehealth_in & everywhere) == everywhere
    office = (pool.in_person_in & first) != 0
    fits = video | office
    if request.networks is None:
        fits &= pool.pays_self
    else:
        places = [place for place, code in enumerate(pool.network_codes) if code in request.networks]
        fits &= (pool.networks[0] & np.uint64(sum(1 << place for place in places))) != 0
    fits &= (pool.ages & request.ages) == request.ages
    shares, _ = shares_of(request, weights())
    for wish, _ in shares:
        if wish.strength is Strength.MUST:
            fits &= video if wish.kind == "modality" else (_codes(pool, wish, slice(None)) != 0)
    words = np.flatnonzero(hours.words)
    free = pool.openings[words[0] : words[-1] + 1] & hours.words[words[0] : words[-1] + 1, np.newaxis]
    fits &= free.any(axis=0)
    rows = np.flatnonzero(fits)
    if not len(rows):
        return []
    score = np.zeros(len(rows))
    for wish, worth in shares:
        met = video[rows] if wish.kind == "modality" else np.bitwise_count(_codes(pool, wish, rows))
        score += met * worth
    mine = free[:, rows]
    word = (mine != 0).argmax(axis=0)
    bits = mine[word, np.arange(len(rows))]
    hour = (word + words[0]) * 64 + np.bitwise_count((bits - np.uint64(1)) & ~bits)
    score -= hours.days[hour] * weights().delay_per_day
    few = min(5, len(rows))
    return [int(each) for each in pool.ids[rows[np.argpartition(score, -few)[-few:]]]]


def _codes(pool: Pool, wish: Wish, rows: slice | NDArray[np.intp]) -> NDArray[np.uint64]:
    column = pool.languages if wish.kind == "language" else getattr(pool, _COLUMN[wish.kind])
    found: NDArray[np.uint64] = column[rows] & np.uint64(wish.mask)
    return found


Work = Callable[[], object]


def turns(works: Sequence[Work], rounds: int, *, between: Work = lambda: None) -> list[float]:
    """Return the median seconds of each of `works`, which take turns."""
    spans: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, span in zip(works, spans, strict=True):
            between()
            start = perf_counter()
            work()
            span.append(perf_counter() - start)
    return [median(span) for span in spans]


def against_floor(pool: Pool, rounds: int) -> dict[str, Beside]:
    """Return rank and floor for each request, taking turns, and how long the first such question took."""
    found = {}
    for what, request in REQUESTS.items():
        hours = wanted(request, pool.anchor, AT)
        start = perf_counter()
        answer = rank(request, pool, None, AT)
        first = perf_counter() - start
        works = (partial(rank, request, pool, None, AT), partial(floor, request, pool, hours))
        mine, bare = turns(works, rounds)
        found[what] = Beside(mine, bare, first, answer.total)
    return found


def growth(small: Pool, large: Pool, rounds: int) -> dict[str, dict[str, float]]:
    """Return how much longer rank takes in the large pool: as it is, and with the processor's caches swept before."""
    dirt = np.zeros(8_000_000)
    ways: dict[str, tuple[int, Work]] = {"warm": (rounds, lambda: None), "swept": (rounds // 5, partial(dirt.fill, 0))}
    found: dict[str, dict[str, float]] = {}
    for way, (times, between) in ways.items():
        for what, request in REQUESTS.items():
            works = [partial(rank, request, pool, None, AT) for pool in (small, large)]
            little, much = turns(works, times, between=between)
            found.setdefault(way, {})[what] = much / little
    return found


def refresh(pool: Pool) -> float:
    """Return the median seconds in which a warm pool takes in that one therapist's openings changed."""
    row = Row(int(pool.ids[7]), 1 << STATE, 0, (1,), True, 4, 1, 1, 1, 1, 1, b"\1" * 60, ANCHOR)
    return turns([lambda: pool.updated([row])], 9)[0]


def run(*, full: bool = False) -> dict[str, dict[str, object]]:
    """Measure the largest state of networks of 10,000 and 1,000,000; `full`: all of them in one state as well.

    With a million in one state the growth for twelve wishes at once is given, but not held to the reach.
    """
    gc.disable()
    try:
        result = _measured("largest state", [round(size * LARGEST_STATE) for size in (SMALL, LARGE)], REQUESTS)
        if full:
            harder = _measured("all in one state", [SMALL, LARGE], set(REQUESTS) - {TWELVE})
            result = {part: {**result[part], **harder[part]} for part in result}
    finally:
        gc.enable()
    return result


def _measured(where: str, sizes: Sequence[int], held: Collection[str]) -> dict[str, dict[str, object]]:
    small, large = (pool_of(size, seed=1, anchor=ANCHOR, jurisdiction=STATE) for size in sizes)
    figures: dict[str, object] = {}
    met: dict[str, tuple[str, bool]] = {}
    for network, pool, rounds in ((SMALL, small, 200), (LARGE, large, 40 if len(large) < LARGE else 11)):
        name = f"{where} of {network:,} ({len(pool):,})"
        beside = against_floor(pool, rounds)
        figures |= {f"{name}: {what}": str(each) for what, each in beside.items()}
        worst = round(max(each.ratio for each in beside.values()), 2)
        figures[f"{name}: rank / floor, worst request"] = worst
        met[f"{name}: rank / floor, worst request"] = (f"<= {MOST_OF_FLOOR}", worst <= MOST_OF_FLOOR)
        figures[f"{name}: taking in one therapist's change, ms"] = round(refresh(pool) * 1e3, 2)
        figures[f"{name}: bytes a row"] = _bytes(pool) // len(pool)
    for caches, grown in growth(small, large, 150).items():
        name = f"{where}: rank at 1,000,000 / at 10,000, caches {caches}"
        worst = round(max(grown[what] for what in held), 2)
        figures |= {f"{name}: {what}": round(times, 2) for what, times in grown.items()}
        figures[f"{name}, worst request"] = worst
        met[f"{name}, worst request"] = (f"<= {MOST_GROWTH}", worst <= MOST_GROWTH)
    return {
        "figures": figures,
        "reach": {what: reach for what, (reach, _) in met.items()},
        "met": {what: reached for what, (_, reached) in met.items()},
    }


def _bytes(pool: Pool) -> int:
    columns = sum(_nbytes(getattr(pool, each.name)) for each in fields(pool))
    sets = sum(map(_nbytes, pool.kept.values()))
    opens: dict[bytes, Opens] = pool.kept["opens"]
    return columns + sets + sum(_nbytes(each.hours) + _nbytes(each.days_of) for each in opens.values())


def _nbytes(column: object) -> int:
    return int(column.nbytes) if isinstance(column, np.ndarray) else 0


if __name__ == "__main__":
    print(json.dumps(run(full="--full" in sys.argv), indent=2, ensure_ascii=False))
