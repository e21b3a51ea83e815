"""The pools, kept in memory by each process and brought up to date by one query an answer.

A pool is a value: a refresh makes the next one beside it, so an answer under way never sees a change
and threads need no lock. Two threads that refresh at once do the same work twice, and whichever is
kept is whole: its rows are those of the snapshot that it carries.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple

from django.db import connection

from nearer.directory.api import vocabulary
from nearer.matching.engine.pool import Pool, Row, shifted
from nearer.matching.projection import PLACES, window_from

#: Rows that one process keeps over all its pools, some 200 bytes each; beyond, those asked for longest ago go.
ROWS_KEPT = 2_500_000


#: Outcomes are not gathered yet, so nobody has a record.
NO_RECORD = float("nan")


class Key(NamedTuple):
    """Which pool: where the client will be, and what they seek."""

    jurisdiction: str
    service: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A pool, the database snapshot that it shows, and how many deletions that snapshot knew."""

    pool: Pool
    snapshot: str
    deletions: int


_COLUMNS = """
       c.therapist_id, c.listed, c.telehealth_in, c.in_person_in, c.contracts, c.pays_self, c.ages, c.languages,
       c.concerns, c.approaches, c.styles, c.identities, c.openings, c.openings_from
"""

_WHOLE = f"""
SELECT d.count, pg_current_snapshot()::text, {_COLUMNS}
FROM matching_deletions d LEFT JOIN matching_candidate c
  ON c.jurisdictions @> ARRAY[%(jurisdiction)s]::varchar(2)[] AND c.service = %(service)s AND c.listed
"""  # noqa: S608 - our own columns

# What a snapshot did not show yet: whatever was changed by a transaction that it saw as running or yet to
# come, however late that committed. The first comparison is there for the index. The last leaves out numbers
# that no transaction has had yet: a restored database brings those of the server it was saved from.
_CHANGED = f"""
SELECT d.count, pg_current_snapshot()::text, {_COLUMNS}
FROM matching_deletions d LEFT JOIN matching_candidate c
  ON c.changed_in >= pg_snapshot_xmin(%(snapshot)s::pg_snapshot)::text::bigint
 AND NOT pg_visible_in_snapshot(c.changed_in::text::xid8, %(snapshot)s::pg_snapshot)
 AND c.changed_in < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
 AND c.jurisdictions @> ARRAY[%(jurisdiction)s]::varchar(2)[] AND c.service = %(service)s
"""  # noqa: S608 - our own columns


class Shelf:
    """The pools that a process keeps, those asked for last at the end."""

    def __init__(self, rows_kept: int = ROWS_KEPT) -> None:
        self._rows_kept = rows_kept
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Kept | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Key, kept: Kept) -> None:
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            rows = sum(len(each.pool) for each in self._kept.values())
            while rows > self._rows_kept and len(self._kept) > 1:
                _, gone = self._kept.popitem(last=False)
                rows -= len(gone.pool)

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


SHELF = Shelf()


def pool_of(key: Key, *, now: datetime, shelf: Shelf = SHELF) -> Pool:
    """Return the pool as the database has it, in one query (two after rows were deleted).

    Inside a transaction nothing is kept for others: what is seen there may never be committed.
    """
    if connection.in_atomic_block:
        return _whole(key, now=now).pool
    kept = shelf.get(key)
    kept = _whole(key, now=now) if kept is None else _refreshed(key, kept, now=now)
    shelf.put(key, kept)
    return kept.pool


def _whole(key: Key, *, now: datetime) -> Kept:
    (deletions, snapshot, *_), *_ = rows = _read(_WHOLE, key)
    place = list(vocabulary.JURISDICTIONS).index(key.jurisdiction)
    return Kept(Pool.build(_listed(rows, place), window_from(now)), snapshot, deletions)


def _refreshed(key: Key, kept: Kept, *, now: datetime) -> Kept:
    (deletions, snapshot, first, *_), *_ = rows = _read(_CHANGED, key, snapshot=kept.snapshot)
    if deletions != kept.deletions:
        return _whole(key, now=now)
    pool = _anchored(kept.pool, window_from(now))
    if first is not None:
        place = list(vocabulary.JURISDICTIONS).index(key.jurisdiction)
        pool = pool.updated(_listed(rows, place), gone=[row[2] for row in rows if not row[3]])
    return Kept(pool, snapshot, deletions)


def _anchored(pool: Pool, window: datetime) -> Pool:
    """Return the pool with its openings counted from `window`, if that is later than they are now."""
    hours = (window - pool.anchor) // timedelta(hours=1)
    if hours <= 0:
        return pool
    return replace(pool, anchor=window, openings=shifted(pool.openings, hours), kept={})


def _read(sql: str, key: Key, **values: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**key._asdict(), **values})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _listed(rows: Iterable[tuple[Any, ...]], place: int) -> Iterable[Row]:
    """Yield the rows that are listed, their contracts cut to the networks of one jurisdiction."""
    for _, _, therapist_id, listed, telehealth, in_person, contracts, *others, openings, start in rows:
        if listed:
            networks = [contract // PLACES for contract in contracts if contract % PLACES == place]
            ways = (telehealth, in_person, networks)
            yield Row._make((therapist_id, *ways, *others, bytes(openings), start.astimezone(UTC), NO_RECORD))
