"""The order among equals: a draw from the request's seed and the therapist's id, and nothing else.

Well-mixed ids fall into 1,024 blocks of nearly the same size. A seed puts the blocks in an order, and the
therapists of each block in another. A pool's rows are sorted by mixed id, so that a block is a stretch of rows, and
the few who come first among a hundred thousand equals are found by looking into the first blocks only.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.bitmaps import Rows, Words, set_in
from nearer.matching.engine.columns import Columns, mixed

BLOCKS = 1024
#: So many blocks for each row that is looked for.
_LOOKED_INTO = (4, 24)
_SHIFT = np.uint64(54)
_ONES = 0xFFFFFFFFFFFFFFFF
_ODD = 0xD6E8FEB86659FD93
_BLOCK_SALTS = mixed(np.arange(BLOCKS, dtype=np.uint64))


def salts(pool: Columns) -> Words:
    """Return each row's well-mixed id; the rows are sorted by it."""
    kept: Words | None = pool.kept.get("salts")
    if kept is None:
        kept = pool.kept["salts"] = mixed(pool.ids.astype(np.uint64))
    return kept


def row_of(pool: Columns, therapist_id: int) -> int | None:
    """Return the row that holds the therapist, or None where the pool has none for them."""
    row = int(np.searchsorted(salts(pool), mixed(np.array([therapist_id], np.int64).astype(np.uint64)))[0])
    return row if row < len(pool) and pool.ids[row] == therapist_id else None


def ties(pool: Columns, rows: Rows, seed: int) -> tuple[Words, Words]:
    """Return the places of `rows` among their equals: of their blocks, and of each in its block. Lowest is first."""
    own, key = salts(pool)[rows], _key(seed)
    return _drawn(_BLOCK_SALTS[own >> _SHIFT], key), _drawn(own, key)


def _drawn(mixed_values: Words, key: np.uint64) -> Words:
    """Draw a number for each value. Over many keys, each of a set of values is lowest about as often as any other."""
    return (mixed_values ^ key) * np.uint64(_ODD)


def drawn(pool: Columns, sets: Sequence[Words], most: int, seed: int) -> Rows | None:
    """Return rows that are in all of `sets`, the first `most` of them by their draw included.

    Looks into some of the first blocks of the seed's order, then into more; None if there are not enough in those.
    """
    order = _drawn(_BLOCK_SALTS, _key(seed)).argsort()
    for blocks in _LOOKED_INTO:
        rows = _within(pool, sets, order[: blocks * most])
        if len(rows) >= most:
            return rows
    return None


def _within(pool: Columns, sets: Sequence[Words], blocks: Rows) -> Rows:
    """Return the rows of some blocks that are in all of `sets`."""
    ends = _ends(pool)
    starts, stops = ends[blocks], ends[blocks + 1]
    first = starts >> 6
    wide = int((((stops + 63) >> 6) - first).max())
    words = (first[:, np.newaxis] + np.arange(wide)).ravel()
    here = np.minimum(words, len(sets[0]) - 1)
    bits = sets[0][here]
    for each in sets[1:]:
        bits &= each[here]
    found = set_in(bits)
    place = found >> 6
    rows = (words[place] << 6) + (found & 63)
    place //= wide
    inside: Rows = rows[(rows >= starts[place]) & (rows < stops[place])]
    return inside


def _ends(pool: Columns) -> NDArray[np.int64]:
    """Return the first row of each block, and the end of the last."""
    kept: NDArray[np.int64] | None = pool.kept.get("ends")
    if kept is None:
        firsts = np.arange(BLOCKS, dtype=np.uint64) << _SHIFT
        kept = pool.kept["ends"] = np.append(np.searchsorted(salts(pool), firsts), len(pool))
    return kept


def _key(seed: int) -> np.uint64:
    """Mix a seed as `mixed` does."""
    out = (seed + 0x9E3779B97F4A7C15) & _ONES
    out = (out ^ out >> 30) * 0xBF58476D1CE4E5B9 & _ONES
    out = (out ^ out >> 27) * 0x94D049BB133111EB & _ONES
    return np.uint64(out ^ out >> 31)
