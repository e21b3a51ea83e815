"""Which projections are out of date."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db import connection


class Versions(NamedTuple):
    """The versions that a therapist's facts and diary have; -1 for a diary that is not there."""

    therapist_id: int
    directory: int
    diary: int


_OF = """
SELECT therapist_id, directory_version, diary_version
FROM matching_versions WHERE therapist_id = ANY(%s) ORDER BY therapist_id
"""

# A null `made_from_...` (never made) differs from any version; a null `made_for` (no candidates) never ages.
_STALE = """
SELECT therapist_id FROM matching_versions
WHERE made_from_directory IS DISTINCT FROM directory_version
   OR made_from_diary IS DISTINCT FROM diary_version
   OR made_for <> %s
ORDER BY therapist_id LIMIT %s
"""


def versions_of(therapist_ids: Collection[int]) -> list[Versions]:
    """Return the versions of the therapists that there are among these."""
    with connection.cursor() as cursor:
        cursor.execute(_OF, [list(therapist_ids)])
        return [Versions(*row) for row in cursor.fetchall()]


def stale(*, half_day: datetime, limit: int | None = None) -> list[int]:
    """Return the ids of therapists whose projection is missing, from other versions, or for another `half_day`."""
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [half_day, limit])
        return [row[0] for row in cursor.fetchall()]
