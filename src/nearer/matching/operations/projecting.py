"""Keeping the projection up to date. It is made from the faces of directory and scheduling, and can be made again."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app

from nearer.directory.api import Profile, profiles
from nearer.matching.projection import WINDOW_HOURS, Made, candidates, half_day, intake_lengths, window_from
from nearer.matching.queries.versions import Versions, stale, versions_of
from nearer.scheduling.api import hour_bits

#: Therapists that are projected together, in one transaction.
BATCH = 500

Progress = Callable[[int, int], None]

# Only what differs is written, so that pools hear of real changes alone. `jurisdictions` only grows.
_WRITE = """
WITH made AS (
    SELECT * FROM json_to_recordset(%(made)s::json) AS made(
        therapist_id bigint, service text, listed boolean, telehealth_in bigint, in_person_in bigint,
        jurisdictions varchar(2)[], contracts bigint[], pays_self boolean, ages smallint, languages bigint,
        concerns bigint, approaches bigint, styles bigint, identities bigint, openings bytea,
        openings_from timestamptz)
), written AS (
    INSERT INTO matching_candidate AS held (
        therapist_id, service, listed, telehealth_in, in_person_in, jurisdictions, contracts, pays_self, ages,
        languages, concerns, approaches, styles, identities, openings, openings_from, changed_in)
    SELECT made.*, 0 FROM made ORDER BY therapist_id, service
    ON CONFLICT (therapist_id, service) DO UPDATE SET
        listed = excluded.listed, telehealth_in = excluded.telehealth_in, in_person_in = excluded.in_person_in,
        jurisdictions = ARRAY(SELECT DISTINCT unnest(held.jurisdictions || excluded.jurisdictions) ORDER BY 1),
        contracts = excluded.contracts, pays_self = excluded.pays_self, ages = excluded.ages,
        languages = excluded.languages, concerns = excluded.concerns, approaches = excluded.approaches,
        styles = excluded.styles, identities = excluded.identities, openings = excluded.openings,
        openings_from = excluded.openings_from
    WHERE (held.listed, held.telehealth_in, held.in_person_in, held.contracts, held.pays_self, held.ages,
           held.languages, held.concerns, held.approaches, held.styles, held.identities, held.openings,
           held.openings_from)
       IS DISTINCT FROM
          (excluded.listed, excluded.telehealth_in, excluded.in_person_in, excluded.contracts, excluded.pays_self,
           excluded.ages, excluded.languages, excluded.concerns, excluded.approaches, excluded.styles,
           excluded.identities, excluded.openings, excluded.openings_from)
    RETURNING 1
), withdrawn AS (
    UPDATE matching_candidate AS held SET listed = false, telehealth_in = 0, in_person_in = 0
    WHERE held.therapist_id = ANY(%(therapist_ids)s) AND (held.listed OR held.telehealth_in | held.in_person_in <> 0)
      AND NOT EXISTS (SELECT FROM made WHERE made.therapist_id = held.therapist_id AND made.service = held.service)
    RETURNING 1
), noted AS (
    INSERT INTO matching_projection (therapist_id, directory_version, diary_version, made_for)
    SELECT v.*, %(made_for)s FROM unnest(%(noted_ids)s::bigint[], %(directory)s::bigint[], %(diary)s::bigint[]) AS v
    ON CONFLICT (therapist_id) DO UPDATE SET directory_version = excluded.directory_version,
        diary_version = excluded.diary_version, made_for = excluded.made_for
)
SELECT (SELECT count(*) FROM written) + (SELECT count(*) FROM withdrawn)
"""


def project(therapist_ids: Collection[int], *, now: datetime) -> int:
    """Make these therapists' candidates anew from what directory and scheduling hold at `now`.

    Returns how many rows differed. Anyone who is not taking clients, is removed, or has no time that can be held
    stays in the projection unlisted. Safe to run twice, or twice at once: who was read too early is found stale.
    """
    ids = sorted(set(therapist_ids))
    return sum(_project(ids[start : start + BATCH], now=now) for start in range(0, len(ids), BATCH))


def project_stale(*, now: datetime, limit: int | None = None, on_progress: Progress | None = None) -> int:
    """Make anew whatever changed since it was made, or was made in another half of a UTC day than `now`.

    Returns how many rows differed. `on_progress` hears how many therapists of how many are done.
    """
    ids = stale(half_day=half_day(now), limit=limit)
    changed = 0
    for start in range(0, len(ids), BATCH):
        changed += _project(ids[start : start + BATCH], now=now)
        if on_progress is not None:
            on_progress(min(start + BATCH, len(ids)), len(ids))
    return changed


def project_soon(*, therapist_ids: Collection[int]) -> None:
    """Leave a job that projects these therapists once the caller's transaction has committed."""
    app.configure_task("nearer.matching.tasks.project").defer(therapist_ids=[*sorted(therapist_ids)])


@transaction.atomic
def _project(ids: Sequence[int], *, now: datetime) -> int:
    """Project one batch. Versions are read first: a change that comes in between leaves the batch stale, not wrong."""
    window = window_from(now)
    versions = versions_of(ids)
    found = profiles(ids, window.date())
    bits = _bits(found, window=window, now=now)
    made = [row for profile in found.values() for row in candidates(profile, bits[profile.id], window=window)]
    return _write(made, versions, made_for=half_day(now))


def _bits(found: Mapping[int, Profile], *, window: datetime, now: datetime) -> Mapping[int, Mapping[timedelta, bytes]]:
    asks = {therapist_id: intake_lengths(profile) for therapist_id, profile in found.items()}
    bits: dict[int, dict[timedelta, bytes]] = {therapist_id: {} for therapist_id in found}
    for (therapist_id, length), hours in hour_bits(asks, start=window, hours=WINDOW_HOURS, now=now).items():
        bits[therapist_id][length] = hours
    return bits


def _write(made: Iterable[Made], versions: Sequence[Versions], *, made_for: datetime) -> int:
    rows = [
        asdict(row) | {"openings": f"\\x{row.openings.hex()}", "openings_from": row.openings_from.isoformat()}
        for row in made
    ]
    values: dict[str, Any] = {
        "made": json.dumps(rows),
        "made_for": made_for,
        "therapist_ids": [each.therapist_id for each in versions],
        "noted_ids": [each.therapist_id for each in versions],
        "directory": [each.directory for each in versions],
        "diary": [each.diary for each in versions],
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
        return int(cursor.fetchone()[0])
