"""What the directory can be asked, each in one query."""

from __future__ import annotations

from nearer.directory.queries.plans import PlanUnknown, find_plan, plan, plans_in
from nearer.directory.queries.profiles import TherapistUnknown, profile_of, profiles, therapist_ids, versions

__all__ = [
    "PlanUnknown",
    "TherapistUnknown",
    "find_plan",
    "plan",
    "plans_in",
    "profile_of",
    "profiles",
    "therapist_ids",
    "versions",
]
