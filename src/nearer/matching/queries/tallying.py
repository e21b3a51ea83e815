"""What made-up requests are asked of, and what they found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import numpy as np
from django.db import connection

from nearer.directory.api import Panel, intake, panels_in_force, vocabulary
from nearer.matching.engine.pool import Pool, Row
from nearer.matching.engine.request import Request
from nearer.matching.engine.sample import drawn
from nearer.matching.engine.tally import KINDS, Flags, Tally, tally
from nearer.matching.models import Tally as Kept
from nearer.matching.projection import PLACES, window_from
from nearer.matching.queries.asking import utc_day
from nearer.matching.queries.pools import NO_RECORD
from nearer.matching.records.tally import Removals

#: Requests that are made up for each pool each day.
ASKED = 40
#: Days over which they are counted.
DAYS = 30

_POOLS = "SELECT DISTINCT unnest(jurisdictions), service FROM matching_candidate ORDER BY 1, 2"

_EVERYBODY = """
SELECT c.therapist_id, c.listed, c.telehealth_in, c.in_person_in, c.contracts, c.pays_self, c.ages, c.languages,
       c.concerns, c.approaches, c.styles, c.identities, c.openings, c.openings_from
FROM matching_candidate c
WHERE c.jurisdictions @> ARRAY[%s]::varchar(2)[] AND c.service = %s AND c.therapist_id = ANY(%s)
"""


class Asked(NamedTuple):
    """One pool, whose rows are these therapists, and what was found there."""

    therapist_ids: list[int]
    found: Tally


def ask_every_pool(now: datetime) -> Iterator[Asked]:
    """Ask every pool its made-up requests of the day, those who are not offered at present included.

    The same day asks the same: the seed is the day, the place and the service.
    """
    day = utc_day(now)
    here, panels = intake(day).listed, panels_in_force(day)
    with connection.cursor() as cursor:
        cursor.execute(_POOLS)
        keys = cursor.fetchall()
    for jurisdiction, service in keys:
        pool, taking = _everybody(jurisdiction, service, here, now)
        if len(pool):
            requests = _requests(jurisdiction, service, panels, day)
            yield Asked(pool.ids.tolist(), tally(requests, pool, taking, now))


def removals_of(therapist_id: int, *, now: datetime) -> Removals:
    """Return what kept a therapist out of made-up requests over the last 30 days. One query."""
    since = now.astimezone(UTC).date() - timedelta(days=DAYS - 1)
    rows = Kept.objects.filter(therapist_id=therapist_id, on__gte=since).values_list("asked", "fitted", "removed")
    each: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    asked = fitted = days = 0
    for day_asked, day_fitted, removed in rows:
        asked, fitted, days = asked + day_asked, fitted + day_fitted, days + 1
        for kind, (every, only) in removed.items():
            each[kind] += every
            alone[kind] += only
    told = tuple((kind, each[kind], alone[kind]) for kind in KINDS if each[kind])
    return Removals(days, asked, fitted, tuple(sorted(told, key=lambda one: (-one[2], -one[1]))))


def is_tallied(day: date) -> bool:
    """Say whether the requests of a day were asked."""
    return Kept.objects.filter(on=day).exists()


def _requests(jurisdiction: str, service: str, panels: tuple[Panel, ...], day: date) -> Iterator[Request]:
    place = list(vocabulary.JURISDICTIONS).index(jurisdiction)
    sold = [panel.networks for panel in panels if jurisdiction in panel.jurisdictions]
    random = Random(f"{day} {jurisdiction} {service}")  # noqa: S311 - it draws requests, no secrets
    return drawn(place, vocabulary.TIME_ZONES[jurisdiction], sold, random=random, count=ASKED)


def _everybody(jurisdiction: str, service: str, here: list[int], now: datetime) -> tuple[Pool, Flags]:
    """Return everyone who is or was in a pool, and who of them is offered to anybody, times aside."""
    place = list(vocabulary.JURISDICTIONS).index(jurisdiction)
    with connection.cursor() as cursor:
        cursor.execute(_EVERYBODY, [jurisdiction, service, here])
        rows = cursor.fetchall()
    pool = Pool.build((_row(row, place) for row in rows), window_from(now))
    # Listed, or kept from it by nothing but having no time: then it is the times that are missing.
    taking = {row[0] for row in rows if row[1] or not any(bytes(row[12]))}
    return pool, np.isin(pool.ids, np.fromiter(taking, np.int64))


def _row(row: tuple[Any, ...], place: int) -> Row:
    therapist_id, _listed, telehealth, in_person, contracts, *others, openings, start = row
    networks = [contract // PLACES for contract in contracts if contract % PLACES == place]
    ways = (telehealth, in_person, networks)
    return Row._make((therapist_id, *ways, *others, bytes(openings), start.astimezone(UTC), NO_RECORD))
