"""The network at a glance: the projection read as columns, and counted. Two or three queries, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from nearer.directory.api import Panel, intake, panels_in_force, vocabulary
from nearer.matching.engine import supply as engine
from nearer.matching.engine.request import PARTS, Part
from nearer.matching.engine.supply import ENOUGH, Figures, Supply
from nearer.matching.projection import BYTES_A_DAY, PLACES, WINDOW_DAYS, window_from
from nearer.matching.queries.asking import HORIZON_DAYS, utc_day
from nearer.matching.records.supply import Gap, Overview, PlanFigures

_PLACES = list(vocabulary.JURISDICTIONS)
_ZONES = [vocabulary.TIME_ZONES[code] for code in _PLACES]

# Whole columns travel as one value each, which numpy takes as they are: a row at a time would take ten times as long.
_COLUMNS = """
SELECT c.service,
       string_agg(int8send(c.therapist_id), ''), string_agg(int8send(c.telehealth_in | c.in_person_in), ''),
       string_agg(int8send(c.listed::int::bigint), ''), string_agg(int8send(c.languages), ''),
       string_agg(int8send(extract(epoch FROM c.openings_from)::bigint), ''), string_agg(c.openings, ''),
       string_agg(int8send(cardinality(c.contracts)::bigint), ''),
       string_agg((SELECT string_agg(int8send(k), '') FROM unnest(c.contracts) AS k), '')
FROM (SELECT * FROM matching_candidate
       WHERE service = ANY(%(services)s) AND telehealth_in | in_person_in <> 0
         AND (%(place)s::text IS NULL OR jurisdictions @> ARRAY[%(place)s]::varchar(2)[])) AS c
GROUP BY c.service
"""

_HOURS = """
SELECT therapist_id, sum(bit_count(substring(openings FOR %s))) FROM matching_candidate
WHERE listed AND therapist_id = ANY(%s) GROUP BY therapist_id
"""


def overview(service: str, *, now: datetime) -> Overview:
    """Return how many therapists there are of one service, by place, and by payer and place. Three queries."""
    found = supplies([service], now=now).get(service, _nobody(now))
    free = _free(found, now)
    every = _pairs(found)
    places = engine.by_place(found, *every, free)
    somewhere = np.zeros(len(found.ids), np.bool_)
    somewhere[every[0][free[every]]] = True
    return Overview(
        service=service,
        everyone=engine.figures(found, found.places != 0, somewhere),
        by_place={code: Figures(*places[place].tolist()) for place, code in enumerate(_PLACES)},
        by_payer=_by_payer(found, free, panels_in_force(utc_day(now))),
        as_of=now,
    )


def plans_of(jurisdiction: str, *, now: datetime) -> tuple[PlanFigures, ...]:
    """Return each plan's figures in a jurisdiction by service, those who pay themselves first. Three queries."""
    place = _PLACES.index(jurisdiction)
    found = supplies(list(vocabulary.SERVICES), now=now, jurisdiction=jurisdiction)
    free = {service: each.free(_ZONES[place], now, horizon_days=HORIZON_DAYS) for service, each in found.items()}
    panels = [panel for panel in panels_in_force(utc_day(now)) if jurisdiction in panel.jurisdictions]

    def count(panel: Panel | None) -> PlanFigures:
        return PlanFigures(
            panel,
            {
                service: engine.figures(each, _among(each, place, panel), free[service])
                for service, each in found.items()
            },
        )

    return tuple(count(panel) for panel in (None, *panels))


def gaps(  # noqa: PLR0913 - each narrows the list
    service: str,
    *,
    now: datetime,
    languages: Collection[str],
    jurisdictions: Collection[str] = (),
    times: Collection[Part] = PARTS,
    plan_id: int | None = None,
) -> tuple[Gap, ...]:
    """Return where fewer than three can be shown, by place, panel, language and part of the week. Three queries.

    Plans that pay for the same networks in a place are one. The emptiest first.

    :param jurisdictions: none means all.
    :raises KeyError: no such language.
    """
    found = supplies([service], now=now).get(service, _nobody(now))
    bits = {code: place for place, code in enumerate(vocabulary.TRAITS["language"])}
    spoken = [bits[code] for code in languages]
    free: dict[tuple[str, Part], NDArray[np.bool_]] = {}
    rows: list[Gap] = []
    for code, groups in _alike(panels_in_force(utc_day(now)), jurisdictions, plan_id).items():
        place = _PLACES.index(code)
        for time in times:
            key = (_ZONES[place], time)
            if key not in free:
                free[key] = found.free(key[0], now, horizon_days=HORIZON_DAYS, times=frozenset({time}))
        shown = engine.shown(
            found, place, panels=list(groups), languages=spoken, times=[free[_ZONES[place], each] for each in times]
        )
        rows += _thin(code, list(groups.values()), list(languages), list(times), shown)
    return tuple(sorted(rows, key=lambda gap: (gap.shown, -len(gap.panels), gap.jurisdiction, gap.language)))


def opening_hours(therapist_ids: Collection[int]) -> dict[int, int]:
    """Return in how many hours of the coming two weeks each could begin with someone new; who has none is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_HOURS, [(HORIZON_DAYS + 1) * BYTES_A_DAY, list(therapist_ids)])
        return {therapist_id: int(hours) for therapist_id, hours in cursor.fetchall()}


def supplies(services: Sequence[str], *, now: datetime, jurisdiction: str | None = None) -> dict[str, Supply]:
    """Return everyone who offers each of these services, as columns. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, {"services": list(services), "place": jurisdiction})
        rows = cursor.fetchall()
    stand = intake(utc_day(now))
    return {service: _supply(columns, stand.listed, stand.accepting, now) for service, *columns in rows}


def _supply(columns: Sequence[Any], present: Collection[int], accepting: Collection[int], now: datetime) -> Supply:
    ids, places, holdable, languages, starts = (
        np.frombuffer(bytes(each), ">i8").astype(np.int64) for each in columns[:5]
    )
    openings = np.frombuffer(bytes(columns[5]), np.uint8).reshape(len(ids), WINDOW_DAYS * BYTES_A_DAY)
    held = np.frombuffer(bytes(columns[6]), ">i8").astype(np.intp)
    contracts = np.frombuffer(bytes(columns[7] or b""), ">i8").astype(np.int64)
    there = np.isin(ids, np.fromiter(present, np.int64))
    anchor = window_from(now)
    return Supply(
        anchor=anchor,
        ids=ids,
        places=np.where(there, places, 0).view(np.uint64),
        holdable=(holdable != 0) & there,
        accepting=np.isin(ids, np.fromiter(accepting, np.int64)),
        languages=languages.view(np.uint64),
        openings=_since(anchor, openings, starts),
        holders=np.repeat(np.arange(len(ids)), held),
        networks=contracts // PLACES,
        contract_places=(contracts % PLACES).astype(np.intp),
    )


def _since(anchor: datetime, openings: NDArray[np.uint8], starts: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return openings counted from `anchor` on, where they were counted from an earlier midnight."""
    days = (int(anchor.timestamp()) - starts) // 86_400
    if not days.any():
        return openings
    moved = np.zeros_like(openings)
    for late in np.unique(days).tolist():
        if 0 <= late < WINDOW_DAYS:
            rows = days == late
            moved[rows, : openings.shape[1] - late * BYTES_A_DAY] = openings[rows, late * BYTES_A_DAY :]
    return moved


def _nobody(now: datetime) -> Supply:
    return _supply([b""] * 8, (), (), now)


def _free(found: Supply, now: datetime) -> NDArray[np.bool_]:
    """Say for each row and place whether they have a time in the days that an answer looks ahead."""
    by_zone = {zone: found.free(zone, now, horizon_days=HORIZON_DAYS) for zone in set(_ZONES)}
    nowhere = [np.zeros(len(found.ids), np.bool_)] * (PLACES - len(_ZONES))
    return np.stack([*(by_zone[zone] for zone in _ZONES), *nowhere], axis=1)


def _pairs(found: Supply) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return who may practise where, each pair once."""
    bits = found.places[:, None] >> np.arange(PLACES, dtype=np.uint64)
    holders, places = (bits & np.uint64(1)).nonzero()
    return holders, places


def _by_payer(found: Supply, free: NDArray[np.bool_], panels: Sequence[Panel]) -> Mapping[str, Mapping[str, Figures]]:
    networks: dict[str, set[int]] = defaultdict(set)
    sold: dict[str, set[str]] = defaultdict(set)
    for panel in panels:
        networks[panel.payer] |= panel.networks
        sold[panel.payer].update(panel.jurisdictions)
    counted = {}
    for payer in sorted(networks):
        table = engine.by_place(found, *found.contracted(networks[payer]), free)
        counted[payer] = {code: Figures(*table[_PLACES.index(code)].tolist()) for code in sorted(sold[payer])}
    return counted


def _among(found: Supply, place: int, panel: Panel | None) -> NDArray[np.bool_]:
    if panel is None:
        return found.licensed(place)
    holders, places = found.contracted(panel.networks)
    flags = np.zeros(len(found.ids), np.bool_)
    flags[holders[places == place]] = True
    return flags


def _alike(
    panels: Sequence[Panel], jurisdictions: Collection[str], plan_id: int | None
) -> Mapping[str, Mapping[frozenset[int], tuple[Panel, ...]]]:
    """Return the plans of each place, those that pay for the same networks together."""
    places: dict[str, dict[frozenset[int], tuple[Panel, ...]]] = defaultdict(dict)
    for panel in panels:
        for code in panel.jurisdictions:
            if (not jurisdictions or code in jurisdictions) and plan_id in {None, panel.id}:
                places[code][panel.networks] = (*places[code].get(panel.networks, ()), panel)
    return places


def _thin(
    code: str,
    groups: Sequence[tuple[Panel, ...]],
    languages: Sequence[str],
    times: Sequence[Part],
    shown: NDArray[np.int64],
) -> Iterator[Gap]:
    for group, language, time in np.argwhere(shown < ENOUGH).tolist():
        count = int(shown[group, language, time])
        yield Gap(code, groups[group], languages[language], times[time], count)


__all__ = ["gaps", "opening_hours", "overview", "plans_of", "supplies"]
