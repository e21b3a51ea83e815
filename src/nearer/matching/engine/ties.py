"""The order among equals: a draw from the request's seed and the therapist's id, and nothing else.

Well-mixed ids fall into 1,024 blocks of nearly the same size. A seed puts the blocks in an order, and the
therapists of each block in another. A pool's rows are sorted by mixed id, so that a block is a stretch of rows, and
the few who come first among a hundred thousand equals are found by looking into the first blocks only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.bitmaps import Rows, Words, set_in
from nearer.matching.engine.columns import Columns, mixed

BLOCKS = 1024
_SHIFT = np.uint64(54)
_ODD = np.uint64(0xD6E8FEB86659FD93)


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
    return mixed((own >> _SHIFT) ^ key), (own ^ key) * _ODD


def drawn(pool: Columns, equals: Words, most: int, seed: int) -> Rows:
    """Return rows of `equals` among which are the first `most` of them, or all if they are fewer."""
    ends = _ends(pool)
    found: list[Rows] = []
    count = 0
    for block in mixed(np.arange(BLOCKS, dtype=np.uint64) ^ _key(seed)).argsort().tolist():
        start, end = ends[block], ends[block + 1]
        rows = set_in(equals[start >> 6 : (end + 63) >> 6]) + (start & ~63)
        rows = rows[(rows >= start) & (rows < end)]
        found.append(rows)
        count += len(rows)
        if count >= most:
            break
    return np.concatenate(found)


def _ends(pool: Columns) -> list[int]:
    kept: list[int] | None = pool.kept.get("ends")
    if kept is None:
        firsts = np.arange(BLOCKS, dtype=np.uint64) << _SHIFT
        kept = pool.kept["ends"] = [*np.searchsorted(salts(pool), firsts).tolist(), len(pool)]
    return kept


def _key(seed: int) -> NDArray[np.uint64]:
    return mixed(np.array([seed & 0xFFFFFFFFFFFFFFFF], np.uint64))
