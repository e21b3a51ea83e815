"""The therapists that one request can reach: those of one jurisdiction and one service, as numpy columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.bitmaps import Words

#: Words of 64 hours that the pool holds: 512 hours, a little over 21 days.
WORDS = 8

MASKS = ("telehealth_in", "in_person_in", "languages", "concerns", "approaches", "styles", "identities")


class Row(NamedTuple):
    """One therapist's one service, as the projection keeps it.

    Masks hold one bit per code of the vocabulary they are named after; the two licence masks one bit per
    jurisdiction. `networks` are the ids of the networks that hold the therapist in the pool's jurisdiction.
    `openings` holds one bit per UTC hour from `openings_from` (aware, a full hour), the first hour in the lowest
    bit of the first byte, in which an intake could start. `record` is the share of good outcomes among at least
    15 consented ones, 0..1; nan where there are fewer.
    """

    therapist_id: int
    telehealth_in: int
    in_person_in: int
    networks: Collection[int]
    pays_self: bool
    ages: int
    languages: int
    concerns: int
    approaches: int
    styles: int
    identities: int
    openings: bytes
    openings_from: datetime
    record: float = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The columns of one pool, a row per therapist, ordered by id; and what was derived from them, kept for speed.

    `openings` and `networks` lie word by word (`openings[w, row]`), bit h of word w being the UTC hour
    `anchor + 64 w + h`, and bit b of word w the network `network_codes[64 w + b]`. A pool is never changed:
    `updated` returns the next one. It may be asked at any time from its anchor on; it knows 21 days.
    """

    anchor: datetime
    ids: NDArray[np.int64]
    telehealth_in: Words
    in_person_in: Words
    network_codes: tuple[int, ...]
    networks: Words
    pays_self: NDArray[np.bool_]
    ages: NDArray[np.uint8]
    languages: Words
    concerns: Words
    approaches: Words
    styles: Words
    identities: Words
    openings: Words
    record: NDArray[np.float32]
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def build(cls, rows: Iterable[Row], anchor: datetime, *, network_codes: Sequence[int] = ()) -> Self:
        """Build the pool of `rows`, its openings counted from `anchor`.

        `network_codes` come first in the pool's dictionary of networks, whether a row names them or not.

        :raises ValueError: `anchor` is no full UTC hour, or a therapist is there twice.
        """
        if anchor.utcoffset() != timedelta(0) or anchor.replace(minute=0, second=0, microsecond=0) != anchor:
            raise ValueError("a pool is anchored at a full hour in UTC")
        taken = sorted(rows, key=lambda row: row.therapist_id)
        ids = np.array([row.therapist_id for row in taken], np.int64)
        if len(ids) > 1 and not (ids[1:] > ids[:-1]).all():
            raise ValueError("a therapist is in a pool once")
        codes = tuple(dict.fromkeys((*network_codes, *sorted(set(chain.from_iterable(row.networks for row in taken))))))
        masks: dict[str, Any] = {name: np.array([getattr(row, name) for row in taken], np.uint64) for name in MASKS}
        return cls(
            anchor=anchor.astimezone(UTC),
            ids=ids,
            network_codes=codes,
            networks=_networks([row.networks for row in taken], codes),
            pays_self=np.array([row.pays_self for row in taken], np.bool_),
            ages=np.array([row.ages for row in taken], np.uint8),
            openings=_openings(taken, anchor),
            record=np.array([row.record for row in taken], np.float32),
            **masks,
        )

    def updated(self, rows: Iterable[Row], gone: Iterable[int] = ()) -> Self:
        """Return this pool with `rows` put in (new or in place of their therapist's row) and `gone` left out."""
        fresh = type(self).build(rows, self.anchor, network_codes=self.network_codes)
        left_out = np.union1d(fresh.ids, np.fromiter(gone, np.int64))
        keep = np.flatnonzero(~np.isin(self.ids, left_out, assume_unique=True))
        place = np.searchsorted(self.ids[keep], fresh.ids)
        lines = len(fresh.networks) - len(self.networks)
        mine = replace(self, networks=np.pad(self.networks, ((0, lines), (0, 0))))

        columns: dict[str, Any] = {
            name: np.insert(getattr(mine, name)[..., keep], place, getattr(fresh, name), axis=-1)
            for name in ("ids", "networks", "pays_self", "ages", "openings", "record", *MASKS)
        }
        return replace(self, network_codes=fresh.network_codes, kept={}, **columns)

    def row_of(self, therapist_id: int) -> int | None:
        """Return the row that holds the therapist, or None where the pool does not have them."""
        row = int(np.searchsorted(self.ids, therapist_id))
        return row if row < len(self) and self.ids[row] == therapist_id else None


def _networks(networks: Sequence[Collection[int]], codes: Sequence[int]) -> Words:
    """Pack each row's networks into words of 64, by their places in `codes`."""
    packed = np.zeros((-(-len(codes) // 64), len(networks)), np.uint64)
    place = {code: index for index, code in enumerate(codes)}
    at = np.fromiter((place[code] for row in networks for code in row), np.int64)
    row = np.repeat(np.arange(len(networks)), [len(row) for row in networks])
    np.bitwise_or.at(packed, (at >> 6, row), np.uint64(1) << (at & 63).astype(np.uint64))
    return packed


def _openings(rows: Sequence[Row], anchor: datetime) -> Words:
    """Lay the rows' openings word by word, each moved from its own first hour to the pool's."""
    size = WORDS * 8
    laid = b"".join(row.openings[:size].ljust(size, b"\0") for row in rows)
    words = np.frombuffer(laid, "<u8").reshape(len(rows), WORDS).T.astype(np.uint64, order="C")
    starts: dict[datetime, list[int]] = {}
    for place, row in enumerate(rows):
        starts.setdefault(row.openings_from, []).append(place)
    for start, places in starts.items():
        hours = (anchor - start) // timedelta(hours=1)
        if hours:
            words[:, places] = shifted(words[:, places], hours)
    return words


def shifted(words: Words, hours: int) -> Words:
    """Return the bits of `words` (word by word, lowest first) `hours` earlier; later where `hours` is negative."""
    out = np.zeros_like(words)
    count = len(words)
    whole, part = divmod(hours, 64)
    for word in range(count):
        low, high = word + whole, word + whole + 1
        if 0 <= low < count:
            out[word] |= words[low] >> np.uint64(part)
        if part and 0 <= high < count:
            out[word] |= words[high] << np.uint64(64 - part)
    return out
