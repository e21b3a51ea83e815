"""What the directory can be asked, each in one query."""

from __future__ import annotations

from nearer.directory.queries.plans import PlanUnknown, find_plan, plan, plans_in
from nearer.directory.queries.profiles import TherapistUnknown, profile_of, profiles, therapist_ids, versions
from nearer.directory.queries.quarantine import last_run, quarantined

__all__ = [
    "PlanUnknown",
    "TherapistUnknown",
    "find_plan",
    "last_run",
    "plan",
    "plans_in",
    "profile_of",
    "profiles",
    "quarantined",
    "therapist_ids",
    "versions",
]
