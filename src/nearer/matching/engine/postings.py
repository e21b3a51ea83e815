"""What is derived from a pool's columns when first needed, and kept with the pool: sets of rows, and first openings."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.bitmaps import Words, packed
from nearer.matching.engine.pool import Pool
from nearer.matching.engine.times import NO_DAY, Wanted

NO_HOUR = np.uint16(0xFFFF)

#: So many sets of wanted hours keep their first openings; each takes about 3 bytes and 14 bits a row.
_KEPT_TIMES = 16

_lock = Lock()


def having(pool: Pool, column: str, bit: int) -> Words:
    """Return the rows whose mask in `column` has `bit`."""
    key = (column, bit)
    kept: Words | None = pool.kept.get(key)
    if kept is None:
        words = getattr(pool, column)
        kept = pool.kept[key] = packed((words & words.dtype.type(1 << bit)) != 0)
    return kept


def having_any(pool: Pool, column: str, mask: int) -> Words:
    """Return the rows whose mask in `column` has at least one bit of `mask`."""
    found = [having(pool, column, bit) for bit in bits_of(mask)]
    return found[0] if len(found) == 1 else np.bitwise_or.reduce(found)


def in_networks(pool: Pool, networks: frozenset[int]) -> Words:
    """Return the rows that at least one of `networks` holds."""
    kept: Words | None = pool.kept.get(networks)
    if kept is None:
        rows = np.zeros(len(pool), np.bool_)
        for place, code in enumerate(pool.network_codes):
            if code in networks:
                rows |= (pool.networks[place >> 6] & np.uint64(1 << (place & 63))) != 0
        kept = pool.kept[networks] = packed(rows)
    return kept


def paying_self(pool: Pool) -> Words:
    """Return the rows of therapists whom a client may pay themselves."""
    kept: Words | None = pool.kept.get("pays_self")
    if kept is None:
        kept = pool.kept["pays_self"] = packed(pool.pays_self)
    return kept


def bits_of(mask: int) -> list[int]:
    """Return the places of the bits of `mask`, lowest first."""
    places = []
    while mask:
        low = mask & -mask
        places.append(low.bit_length() - 1)
        mask ^= low
    return places


@dataclass(frozen=True, slots=True, eq=False)
class Opens:
    """Each row's first wanted opening: its hour from the pool's anchor (NO_HOUR: none), its day (NO_DAY: none).

    `days` are the days that are wanted at all, in order.
    """

    hours: NDArray[np.uint16]
    days_of: NDArray[np.uint8]
    days: tuple[int, ...]
    anyone: Words
    _by: dict[int, Words] = field(default_factory=dict, repr=False)

    def by(self, day: int) -> Words:
        """Return the rows that have a wanted opening by the end of `day`."""
        kept = self._by.get(day)
        if kept is None:
            kept = self._by[day] = packed(self.days_of <= day)
        return kept


def opens(pool: Pool, wanted: Wanted) -> Opens:
    """Return the first wanted openings of everyone in the pool."""
    kept: dict[bytes, Opens] = pool.kept.setdefault("opens", {})
    found = kept.get(wanted.key)
    if found is None:
        found = _first_opens(pool, wanted)
        with _lock:
            while len(kept) >= _KEPT_TIMES:
                del kept[next(iter(kept))]
            kept[wanted.key] = found
    return found


def _first_opens(pool: Pool, wanted: Wanted) -> Opens:
    hours = np.full(len(pool), NO_HOUR, np.uint16)
    left: NDArray[np.intp] | slice = slice(None)
    for word, mask in enumerate(wanted.words.tolist()):
        if not mask:
            continue
        free = pool.openings[word, left] & np.uint64(mask)
        some = free != 0
        rows = some.nonzero()[0] if isinstance(left, slice) else left[some]
        lowest = free[some]
        hours[rows] = np.bitwise_count((lowest - np.uint64(1)) & ~lowest).astype(np.uint16) + np.uint16(64 * word)
        left = (~some).nonzero()[0] if isinstance(left, slice) else left[~some]
    days_of = np.append(wanted.days, np.uint8(NO_DAY))[np.minimum(hours, len(wanted.days))]
    days = tuple(day for day in np.unique(wanted.days).tolist() if day != NO_DAY)
    return Opens(hours, days_of, days, packed(days_of != NO_DAY))


def tie_salt(pool: Pool) -> Words:
    """Return each therapist's id well mixed (splitmix64's finalizer), so that ids in a row do not tie in a row."""
    kept: Words | None = pool.kept.get("salt")
    if kept is None:
        kept = pool.kept["salt"] = mixed(pool.ids.astype(np.uint64))
    return kept


def mixed(values: Words) -> Words:
    """Return each value with its bits well mixed; no two values come out the same."""
    out = values + np.uint64(0x9E3779B97F4A7C15)
    out = (out ^ (out >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    out = (out ^ (out >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return out ^ (out >> np.uint64(31))


def has_records(pool: Pool) -> bool:
    """Say whether anyone in the pool has a track record."""
    kept: bool | None = pool.kept.get("has_records")
    if kept is None:
        kept = pool.kept["has_records"] = not bool(np.isnan(pool.record).all())
    return kept
