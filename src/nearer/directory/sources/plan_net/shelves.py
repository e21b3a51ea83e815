"""Where resources lie until those they refer to have been read too: a table on disk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date

from nearer.directory.records import Provenance
from nearer.directory.sources.plan_net.fhir import Resource, day, reference
from nearer.directory.sources.plan_net.files import Found
from nearer.directory.sources.provenance import provenance

SOURCE = "plan-net"
WANTED = frozenset({"Practitioner", "PractitionerRole", "Organization", "InsurancePlan", "Location"})


class Shelves:
    """The resources of one directory, found by what others call them."""

    def __init__(self, space: sqlite3.Connection, *, today: date, as_of: date | None) -> None:
        self._space = space
        self._today, self._as_of = today, as_of
        self.count = 0
        self.practitioners = 0
        space.execute("CREATE TABLE resource (key TEXT PRIMARY KEY, type TEXT, about TEXT, number INTEGER, body TEXT)")
        space.execute("CREATE TABLE name (full_url TEXT PRIMARY KEY, key TEXT)")
        space.execute("CREATE INDEX by_type ON resource (type, number)")
        space.execute("CREATE INDEX by_about ON resource (about, number) WHERE about <> ''")

    def wants(self, kind: str) -> bool:
        return kind in WANTED

    def lay(self, found: Found) -> None:
        """Lay down a resource; the last of two with one id counts, as in a history. Others are left aside."""
        self.count += found.type in WANTED or found.type in ("HealthcareService", "OrganizationAffiliation", "Endpoint")
        if found.type not in WANTED:
            return
        self.practitioners += found.type == "Practitioner"
        about = reference(found.resource.get("practitioner")) if found.type == "PractitionerRole" else ""
        row = (found.key, found.type, about, found.number, json.dumps(found.resource))
        self._space.execute("INSERT OR REPLACE INTO resource VALUES (?, ?, ?, ?, ?)", row)
        if found.full_url:
            self._space.execute("INSERT OR REPLACE INTO name VALUES (?, ?)", (found.full_url, found.key))

    def all(self, kind: str) -> Iterator[Found]:
        """Yield the resources of a type, in the order in which they were read."""
        rows = self._space.execute("SELECT number, body FROM resource WHERE type = ? ORDER BY number", (kind,))
        for number, body in rows:
            yield Found(number, json.loads(body))

    def key(self, told: str) -> str:
        """Return what is meant by a reference as "Type/id", also where it is by the address in a bundle."""
        if not told.startswith("urn:"):
            return told
        named = self._space.execute("SELECT key FROM name WHERE full_url = ?", (told,)).fetchone()
        return str(named[0]) if named else told

    def get(self, told: str) -> Resource | None:
        """Return what a reference refers to, if it was read."""
        row = self._space.execute("SELECT body FROM resource WHERE key = ?", (self.key(told),)).fetchone()
        found: Resource | None = json.loads(row[0]) if row else None
        return found

    def roles_of(self, found: Found) -> list[Resource]:
        """Return the roles of a practitioner, whichever way they refer to them."""
        urls = self._space.execute("SELECT full_url FROM name WHERE key = ?", (found.key,)).fetchall()
        names = [found.key, *(url for (url,) in urls)]
        marks = ", ".join("?" * len(names))
        rows = self._space.execute(f"SELECT body FROM resource WHERE about IN ({marks}) ORDER BY number", names)  # noqa: S608 (marks)
        return [json.loads(body) for (body,) in rows]

    def changed_on(self, resource: Resource) -> date:
        """Return the day on which a resource was last changed; today if it does not say."""
        return min(day(resource.get("meta", {}).get("lastUpdated")) or self._today, self._today)

    def told(self, kind: str, resource: Resource, until: date | None = None) -> Provenance:
        return provenance(
            kind,
            source=SOURCE,
            source_id=f"{resource['resourceType']}/{resource.get('id', '')}",
            verified_on=self._as_of or self.changed_on(resource),
            until=until,
        )
