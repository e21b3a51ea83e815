"""How long what a source says may be relied on, counted from the day it was checked."""

from __future__ import annotations

from datetime import date, timedelta

from nearer.directory.records import Provenance

#: Days. A contract and an address go stale soonest: directories are wrong about them most often, and the
#: No Surprises Act (section 116) has plans check them every 90 days.
LIFETIMES = {
    "contract": 90,
    "location": 90,
    "licence": 365,
    "service": 365,
    "trait": 365,
    "therapist": 365,
    "network": 365,
    "plan": 365,
}


def provenance(kind: str, *, source: str, source_id: str, verified_on: date, until: date | None = None) -> Provenance:
    """Return the provenance of a fact of this kind; `until`, if sooner, ends it before its lifetime does.

    :raises KeyError: no such kind of fact.
    """
    expires_on = verified_on + timedelta(days=LIFETIMES[kind])
    if until is not None:
        expires_on = max(verified_on, min(until, expires_on))
    return Provenance(source, source_id[:200], verified_on, expires_on)
