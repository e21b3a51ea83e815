"""Sets of rows as one bit a row: a million therapists are 125 kB, and one machine word asks 64 of them at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Rows = NDArray[np.intp]

#: Words of 64 hours that a pool holds: 512 hours, a little over 21 days.
WORDS = 8

#: From this many words on, the empty ones are skipped before the bits are spread out.
_SPARSE_FROM = 1024


def packed(flags: NDArray[np.bool_]) -> Words:
    """Return one bit per flag, the first in the lowest bit of the first word; the last word is filled with zeros."""
    bits = np.zeros(-(-len(flags) // 64) * 8, np.uint8)
    bits[: -(-len(flags) // 8)] = np.packbits(flags, bitorder="little")
    return bits.view("<u8")


def rows_in(bitmap: Words) -> Rows:
    """Return the rows whose bit is set, in order."""
    if len(bitmap) < _SPARSE_FROM:
        return set_in(bitmap)
    filled = bitmap.nonzero()[0]
    found = set_in(bitmap[filled])
    rows: Rows = (filled[found >> 6] << 6) + (found & 63)
    return rows


def set_in(words: Words) -> Rows:
    """Return the places of the bits that are set, in order."""
    return np.unpackbits(words.view(np.uint8), bitorder="little").view(np.bool_).nonzero()[0]


def count(bitmap: Words) -> int:
    """Return how many rows are in the set."""
    return int(np.bitwise_count(bitmap).sum(dtype=np.int64))


def at_rows(bitmap: Words, rows: Rows) -> Words:
    """Return, for each of `rows`, 1 if it is in the set and 0 if not."""
    bits: Words = (bitmap[rows >> 6] >> (rows & 63).astype(np.uint64)) & np.uint64(1)
    return bits
