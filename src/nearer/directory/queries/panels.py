"""The directory as the operator counts it: who may be offered to anyone, and what plans pay for."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import connection

from nearer.directory.records import Panel

_INTAKE = """
SELECT coalesce(array_agg(id), '{}'), coalesce(array_agg(id) FILTER (WHERE accepting), '{}')
FROM directory_therapist WHERE removed_on IS NULL OR removed_on > %s
"""

_PANELS = """
SELECT p.id, p.name, y.name, p.jurisdictions,
       ARRAY(SELECT n.network_id FROM directory_plannetwork n JOIN directory_network k ON k.id = n.network_id
              WHERE n.plan_id = p.id AND %(on)s BETWEEN k.verified_on AND k.expires_on)
FROM directory_plan p JOIN directory_payer y ON y.id = p.payer_id
WHERE p.starts_on <= %(on)s AND coalesce(p.ends_on, %(on)s) >= %(on)s AND %(on)s BETWEEN p.verified_on AND p.expires_on
ORDER BY y.name, p.name, p.id
"""


class Intake(NamedTuple):
    """The ids of the therapists who are not removed, and of those among them who say that they take new clients."""

    listed: list[int]
    accepting: list[int]


def intake(on: date) -> Intake:
    """Return who is in the directory on a day, and who of them accepts."""
    with connection.cursor() as cursor:
        cursor.execute(_INTAKE, [on])
        return Intake(*cursor.fetchone())


def panels_in_force(on: date) -> tuple[Panel, ...]:
    """Return every plan in force that day with the networks that it pays for, by payer and name."""
    with connection.cursor() as cursor:
        cursor.execute(_PANELS, {"on": on})
        rows = cursor.fetchall()
    return tuple(Panel(id_, name, payer, tuple(places), frozenset(nets)) for id_, name, payer, places, nets in rows)
