"""The ranking once more, row by row and hour by hour, as slow and as plain as it can be: what `rank` must equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isnan
from zoneinfo import ZoneInfo

from nearer.matching.engine.pool import Row
from nearer.matching.engine.request import Request, Strength, Wish
from nearer.matching.engine.weights import CRITERION, Weights

HOUR = timedelta(hours=1)
ALL_ONES = 0xFFFFFFFFFFFFFFFF


@dataclass(frozen=True)
class Placed:
    """One therapist in the slow answer."""

    therapist_id: int
    points: int
    fit: float
    first_opening: datetime
    first_day: int


def slow_rank(
    request: Request, rows: Sequence[Row], prices: Mapping[int, float], at: datetime, weights: Weights
) -> list[Placed]:
    """Return everyone who fits, best first, with someone soon among the first five."""
    placed = []
    for row in rows:
        opening = first_opening(row, request, at)
        if opening is None or not meets_all(row, request):
            continue
        start, day = opening
        fit = fit_of(row, request, weights)
        score = fit - day * weights.delay_per_day - prices.get(row.therapist_id, 0.0)
        placed.append(Placed(row.therapist_id, round(score * 1e9), fit, start, day))
    placed.sort(key=lambda each: (-each.points, tie(request.seed, each.therapist_id)))
    soon = [each for each in placed if each.first_opening < at + timedelta(hours=48)]
    if soon and not any(each in soon for each in placed[:5]):
        placed.remove(soon[0])
        placed.insert(4, soon[0])
    return placed


def meets_all(row: Row, request: Request) -> bool:
    """Say whether the therapist meets every hard constraint but the openings."""
    paid = row.pays_self if request.networks is None else bool(request.networks & set(row.networks))
    return (
        paid
        and row.therapist_id not in request.excluded
        and modalities(row, request) != 0
        and row.ages & request.ages == request.ages
        and all(had(row, wish, request) for wish in request.wishes if wish.strength is Strength.MUST)
    )


def modalities(row: Row, request: Request) -> int:
    """Return the ways in which the therapist may see the client: 1 by telehealth, 2 in person."""
    telehealth = all(row.telehealth_in >> bit & 1 for bit in request.jurisdictions)
    chose_in_person = any(wish.kind == "modality" and wish.mask & 2 for wish in request.wishes)
    if len(request.jurisdictions) == 2 and not chose_in_person:
        return int(telehealth)
    return telehealth | (row.in_person_in >> request.jurisdictions[0] & 1) << 1


def had(row: Row, wish: Wish, request: Request) -> int:
    """Return the chosen codes that the therapist has."""
    held = {
        "concern": row.concerns,
        "approach": row.approaches,
        "style": row.styles,
        "language": row.languages,
        "identity": row.identities,
        "modality": modalities(row, request),
    }
    return held[wish.kind] & wish.mask


def fit_of(row: Row, request: Request, weights: Weights) -> float:
    """Return the fit, 0..1, added up in the order of the wishes."""
    chosen: dict[str, int] = {}
    for wish in request.wishes:
        criterion = CRITERION[wish.kind]
        chosen[criterion] = chosen.get(criterion, 0) + wish.mask.bit_count()
    stated = sum(getattr(weights, criterion) for criterion in chosen)
    if not stated:
        return 0.5
    fit = 0.0
    for wish in request.wishes:
        criterion = CRITERION[wish.kind]
        fit += had(row, wish, request).bit_count() * (getattr(weights, criterion) / stated / chosen[criterion])
    if not isnan(row.record):
        fit += (row.record - 0.5) * (weights.record / (stated + weights.record))
    return min(max(fit, 0.0), 1.0)


def first_opening(row: Row, request: Request, at: datetime) -> tuple[datetime, int] | None:
    """Return the first opening hour that suits, and its day counted from the client's today."""
    zone = ZoneInfo(request.zone)
    today = at.astimezone(zone).date()
    for byte, eight in enumerate(row.openings):
        for bit in range(8):
            start = row.openings_from + (8 * byte + bit) * HOUR
            local = start.astimezone(zone)
            day = (local.date() - today).days
            if (
                eight >> bit & 1
                and request.lead_days <= day <= request.horizon_days
                and start > at - HOUR
                and suits(local, request)
            ):
                return start, day
    return None


def suits(local: datetime, request: Request) -> bool:
    """Say whether a local hour is in the wanted parts of the week."""
    if not request.times:
        return True
    if local.weekday() >= 5:
        return "weekend" in request.times
    part = {range(6, 12): "weekday_morning", range(12, 17): "weekday_afternoon", range(17, 22): "weekday_evening"}
    return any(local.hour in hours and name in request.times for hours, name in part.items())


def tie(seed: int, therapist_id: int) -> tuple[int, ...]:
    """Return the therapist's place among equals: of their block, and in it."""
    own, key = _mixed(therapist_id), _mixed(seed & ALL_ONES)
    return tuple((value ^ key) * 0xD6E8FEB86659FD93 & ALL_ONES for value in (_mixed(own >> 54), own))


def _mixed(value: int) -> int:
    out = (value + 0x9E3779B97F4A7C15) & ALL_ONES
    out = (out ^ out >> 30) * 0xBF58476D1CE4E5B9 & ALL_ONES
    out = (out ^ out >> 27) * 0x94D049BB133111EB & ALL_ONES
    return out ^ out >> 31
