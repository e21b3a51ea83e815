"""What is about to be too old to rely on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

# Part by part, since each has an index by therapist alone: the whole is read once, and summed.
_EXPIRING = """
SELECT t.id, t.npi, t.given_name, t.family_name, f.part, count(*), min(f.expires_on)
FROM (
    SELECT id AS therapist_id, 'therapist' AS part, expires_on FROM directory_therapist
    UNION ALL SELECT therapist_id, 'licence', expires_on FROM directory_licence WHERE status = 'active'
    UNION ALL SELECT therapist_id, 'location', expires_on FROM directory_location
    UNION ALL SELECT therapist_id, 'service', expires_on FROM directory_service
    UNION ALL SELECT therapist_id, 'trait', expires_on FROM directory_trait
    UNION ALL SELECT therapist_id, 'contract', expires_on FROM directory_contract
                                                WHERE ends_on IS NULL OR ends_on > expires_on
) AS f JOIN directory_therapist t ON t.id = f.therapist_id
WHERE f.expires_on BETWEEN %(on)s AND %(until)s AND (t.removed_on IS NULL OR t.removed_on > %(on)s)
GROUP BY t.id, f.part ORDER BY t.id, min(f.expires_on), f.part
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """Facts of one part that run out: how many, and the first day on which one is relied on for the last time."""

    part: str
    count: int
    soonest: date


@dataclass(frozen=True, slots=True)
class Expiring:
    """One therapist and what of theirs runs out, the soonest first."""

    therapist_id: int
    npi: str
    name: str
    endings: tuple[Ending, ...]

    @property
    def soonest(self) -> date:
        return self.endings[0].soonest


def expiring(*, on: date, until: date) -> tuple[Expiring, ...]:
    """Return whose facts run out from one day to another, and which. Who was removed is left out. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRING, {"on": on, "until": until})
        rows = cursor.fetchall()
    people: dict[int, tuple[str, str]] = {}
    endings: dict[int, list[Ending]] = defaultdict(list)
    for therapist_id, npi, given, family, *ending in rows:
        people[therapist_id] = (npi, f"{given} {family}".strip())
        endings[therapist_id].append(Ending(*ending))
    return tuple(Expiring(each, *people[each], tuple(endings[each])) for each in people)
