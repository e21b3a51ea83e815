"""What is derived from a pool's columns when first needed, and kept with the pool: sets of rows, first openings."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.bitmaps import Rows, Words, packed
from nearer.matching.engine.columns import Columns
from nearer.matching.engine.times import NO_DAY, Wanted

#: Where a track record neither helps nor hurts.
NEUTRAL = 0.5

NO_HOUR = np.uint16(0xFFFF)

#: So many sets of wanted hours keep their first openings; each takes about 3 bytes and 14 bits a row.
_KEPT_TIMES = 16

_lock = Lock()


def having(pool: Columns, column: str, bit: int) -> Words:
    """Return the rows whose mask in `column` has `bit`."""
    return _set_of(pool, (column, bit))


def having_any(pool: Columns, column: str, mask: int) -> Words:
    """Return the rows whose mask in `column` has at least one bit of `mask`."""
    found = [having(pool, column, bit) for bit in bits_of(mask)]
    return found[0] if len(found) == 1 else np.bitwise_or.reduce(found)


def in_networks(pool: Columns, networks: frozenset[int]) -> Words:
    """Return the rows that at least one of `networks` holds."""
    return _set_of(pool, ("networks", networks))


def paying_self(pool: Columns) -> Words:
    """Return the rows of therapists whom a client may pay themselves."""
    return _set_of(pool, ("pays_self", None))


def not_below_neutral(pool: Columns) -> Words:
    """Return the rows whose track record, if they have one, is no worse than neutral."""
    return _set_of(pool, ("record", NEUTRAL))


def bits_of(mask: int) -> list[int]:
    """Return the places of the bits of `mask`, lowest first."""
    places = []
    while mask:
        low = mask & -mask
        places.append(low.bit_length() - 1)
        mask ^= low
    return places


def _set_of(pool: Columns, key: tuple[str, Hashable]) -> Words:
    kept: Words | None = pool.kept.get(key)
    if kept is None:
        kept = pool.kept[key] = packed(_flags(pool, *key))
    return kept


def _flags(pool: Columns, column: str, wanted_of_it: Any) -> NDArray[np.bool_]:
    """Return, for each row, whether it belongs to the set of rows that the key names."""
    if column == "pays_self":
        return pool.pays_self
    if column == "record":
        not_below: NDArray[np.bool_] = ~(pool.record < wanted_of_it)
        return not_below
    if column == "networks":
        flags = np.zeros(len(pool), np.bool_)
        for place, code in enumerate(pool.network_codes):
            if code in wanted_of_it:
                flags |= (pool.networks[place >> 6] & np.uint64(1 << (place & 63))) != 0
        return flags
    words = getattr(pool, column)
    held: NDArray[np.bool_] = (words & words.dtype.type(1 << wanted_of_it)) != 0
    return held


@dataclass(frozen=True, slots=True, eq=False)
class Opens:
    """Each row's first wanted opening: its hour from the pool's anchor (NO_HOUR: none), its day (NO_DAY: none).

    `days` are the days that are wanted at all, in order.
    """

    wanted: Wanted
    hours: NDArray[np.uint16]
    days_of: NDArray[np.uint8]
    days: tuple[int, ...]
    _by: dict[int, Words] = field(default_factory=dict, repr=False)

    def by(self, day: int) -> Words:
        """Return the rows that have a wanted opening by the end of `day`."""
        kept = self._by.get(day)
        if kept is None:
            kept = self._by[day] = packed(self.days_of <= day)
        return kept

    def anyone(self) -> Words:
        """Return the rows that have a wanted opening."""
        return self.by(NO_DAY - 1)

    def patched(self, fresh: Opens, rows: Rows) -> Opens:
        """Return these first openings with those of `fresh` in the places `rows`."""
        hours, days_of = self.hours.copy(), self.days_of.copy()
        hours[rows], days_of[rows] = fresh.hours, fresh.days_of
        by = {day: _patched(known, fresh.days_of <= day, rows) for day, known in self._by.copy().items()}
        return Opens(self.wanted, hours, days_of, self.days, by)


def opens(pool: Columns, wanted: Wanted) -> Opens:
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


def _first_opens(pool: Columns, wanted: Wanted) -> Opens:
    hours = np.full(len(pool), NO_HOUR, np.uint16)
    left: Rows | slice = slice(None)
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
    return Opens(wanted, hours, days_of, days)


def has_records(pool: Columns) -> bool:
    """Say whether anyone in the pool has a track record."""
    kept: bool | None = pool.kept.get("has_records")
    if kept is None:
        kept = pool.kept["has_records"] = not bool(np.isnan(pool.record).all())
    return kept


def carried(pool: Columns, fresh: Columns, rows: Rows) -> dict[Any, Any]:
    """Return what `pool` has kept, as it is once the rows of `fresh` stand in the places `rows`.

    Worth the while because a booking changes one row of a hundred thousand, several times a minute.
    """
    kept: dict[Any, Any] = {name: pool.kept[name] for name in ("salts", "ends") if name in pool.kept}
    for key, known in pool.kept.copy().items():
        if isinstance(key, tuple):
            kept[key] = _patched(known, _flags(fresh, *key), rows)
    with _lock:
        times = dict(pool.kept.get("opens", {}))
    kept["opens"] = {key: known.patched(_first_opens(fresh, known.wanted), rows) for key, known in times.items()}
    return kept


def _patched(bitmap: Words, flags: NDArray[np.bool_], rows: Rows) -> Words:
    """Return the set with `rows` in it where their flag is up, and out of it where it is down."""
    out = bitmap.copy()
    bits = np.uint64(1) << (rows & 63).astype(np.uint64)
    np.bitwise_or.at(out, rows >> 6, bits)
    np.bitwise_xor.at(out, rows[~flags] >> 6, bits[~flags])
    return out
