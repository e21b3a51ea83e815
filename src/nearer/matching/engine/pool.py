"""The therapists that one request can reach: those of one jurisdiction and one service, as numpy columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from nearer.matching.engine.bitmaps import WORDS, Rows, Words
from nearer.matching.engine.columns import MASKS, Columns, mixed
from nearer.matching.engine.postings import carried
from nearer.matching.engine.ties import row_of, salts

_COLUMNS = ("networks", "pays_self", "ages", "openings", "record", *MASKS)


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
class Pool(Columns):
    """The therapists of one jurisdiction and service. Never changed: `updated` returns the next one.

    It may be asked at any time from its anchor on; it knows 21 days.
    """

    @staticmethod
    def build(rows: Iterable[Row], anchor: datetime, *, network_codes: Sequence[int] = ()) -> Pool:
        """Build the pool of `rows`, its openings counted from `anchor`.

        `network_codes` come first in the pool's dictionary of networks, whether a row names them or not.

        :raises ValueError: `anchor` is no full UTC hour, or a therapist is there twice.
        """
        if anchor.utcoffset() != timedelta(0) or anchor.replace(minute=0, second=0, microsecond=0) != anchor:
            raise ValueError("a pool is anchored at a full hour in UTC")
        given = list(rows)
        ids = np.array([row.therapist_id for row in given], np.int64)
        if len(set(ids.tolist())) < len(ids):
            raise ValueError("a therapist is in a pool once")
        own = mixed(ids.astype(np.uint64))
        order = own.argsort()
        taken = [given[place] for place in order.tolist()]
        codes = tuple(dict.fromkeys((*network_codes, *sorted(set(chain.from_iterable(row.networks for row in taken))))))
        masks: dict[str, Any] = {name: np.array([getattr(row, name) for row in taken], np.uint64) for name in MASKS}
        return Pool(
            anchor=anchor.astimezone(UTC),
            ids=ids[order],
            network_codes=codes,
            networks=_networks([row.networks for row in taken], codes),
            pays_self=np.array([row.pays_self for row in taken], np.bool_),
            ages=np.array([row.ages for row in taken], np.uint8),
            openings=_openings(taken, anchor),
            record=np.array([row.record for row in taken], np.float32),
            kept={"salts": own[order]},
            **masks,
        )

    def updated(self, rows: Iterable[Row], gone: Iterable[int] = ()) -> Pool:
        """Return this pool with `rows` put in (new or in place of their therapist's row) and `gone` left out.

        Where nobody is new, rows stay in their places (those of `gone` without a licence or anything else), only
        the columns that changed are copied, and what was derived is carried over.
        """
        coming = Pool.build(rows, self.anchor, network_codes=self.network_codes)
        leaving = [each for each in set(gone).difference(coming.ids.tolist()) if row_of(self, each) is not None]
        nobody = [_nobody(each, self.anchor) for each in leaving]
        fresh = _merged(Pool.build(nobody, self.anchor, network_codes=coming.network_codes), coming)
        places = np.searchsorted(salts(self), salts(fresh))
        known = np.append(self.ids, -1)[places] == fresh.ids
        if known.all():
            return _in_place(self, fresh, places)
        old = np.delete(np.arange(len(self)), places[known])
        here = (self.telehealth_in[old] | self.in_person_in[old]) != 0
        return _merged(_only(self, old[here]), coming)


def _in_place(pool: Pool, fresh: Pool, places: Rows) -> Pool:
    """Return `pool` with the rows of `fresh` in `places`; columns that stay the same are shared."""
    mine = _widened(pool, len(fresh.networks))
    columns: dict[str, Any] = {}
    for name in _COLUMNS:
        column, new = getattr(mine, name), getattr(fresh, name)
        if not np.array_equal(column[..., places], new, equal_nan=name == "record"):
            columns[name] = column.copy()
            columns[name][..., places] = new
    return replace(mine, network_codes=fresh.network_codes, kept=carried(pool, fresh, places), **columns)


def _merged(pool: Pool, others: Pool) -> Pool:
    """Return the therapists of both; the dictionary of networks of `others` begins with that of `pool`."""
    mine = _widened(pool, len(others.networks))
    place = np.searchsorted(salts(pool), salts(others))
    columns: dict[str, Any] = {
        name: np.insert(getattr(mine, name), place, getattr(others, name), axis=-1) for name in ("ids", *_COLUMNS)
    }
    return replace(mine, network_codes=others.network_codes, kept={}, **columns)


def _only(pool: Pool, rows: Rows) -> Pool:
    columns: dict[str, Any] = {name: getattr(pool, name)[..., rows] for name in ("ids", *_COLUMNS)}
    return replace(pool, kept={}, **columns)


def _widened(pool: Pool, words: int) -> Pool:
    """Return the pool with room for so many words of networks."""
    if words == len(pool.networks):
        return pool
    return replace(pool, networks=np.pad(pool.networks, ((0, words - len(pool.networks)), (0, 0))))


def _nobody(therapist_id: int, anchor: datetime) -> Row:
    """Return the row that is left in the place of someone who has gone: no licence, no openings, nothing."""
    return Row(therapist_id, 0, 0, (), False, 0, 0, 0, 0, 0, 0, b"", anchor)


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
