"""What the directory can be asked, each in one query."""

from __future__ import annotations

from nearer.directory.queries.expiring import Ending, Expiring, expiring
from nearer.directory.queries.own_word import network_choices, own_facts, statements_waiting
from nearer.directory.queries.panels import Intake, intake, panels_in_force
from nearer.directory.queries.plans import PlanUnknown, find_plan, plan, plans_in
from nearer.directory.queries.profiles import (
    TherapistUnknown,
    profile_of,
    profiles,
    therapist_ids,
    versions,
    whole_profiles,
)
from nearer.directory.queries.quarantine import (
    Alike,
    Aside,
    RunCard,
    aside,
    aside_row,
    last_run,
    latest_runs,
    quarantined,
    reasons_in,
    runs,
)

__all__ = [
    "Alike",
    "Aside",
    "Ending",
    "Expiring",
    "Intake",
    "PlanUnknown",
    "RunCard",
    "TherapistUnknown",
    "aside",
    "aside_row",
    "expiring",
    "find_plan",
    "intake",
    "last_run",
    "latest_runs",
    "network_choices",
    "own_facts",
    "panels_in_force",
    "plan",
    "plans_in",
    "profile_of",
    "profiles",
    "quarantined",
    "reasons_in",
    "runs",
    "statements_waiting",
    "therapist_ids",
    "versions",
    "whole_profiles",
]
