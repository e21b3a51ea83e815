"""The face of the directory: all that another room may call."""

from __future__ import annotations

from nearer.directory import records, vocabulary
from nearer.directory.operations import check_can_see, finish_run, remove, start_run, take_in
from nearer.directory.policies import NotEligible, sentence
from nearer.directory.queries import (
    PlanUnknown,
    TherapistUnknown,
    find_plan,
    last_run,
    plan,
    plans_in,
    profile_of,
    profiles,
    quarantined,
    therapist_ids,
    versions,
)
from nearer.directory.records import (
    ContractCard,
    Grounds,
    LicenceCard,
    LocationCard,
    NetworkCard,
    PlanCard,
    PlanChoice,
    Profile,
    ServiceCard,
    TraitCard,
)
from nearer.directory.rules import Hindrance, can_see, is_npi, licensed_in, listed, reach, standing
from nearer.directory.sources import (
    FILES,
    NotThisKindOfFile,
    read_source,
    read_synthetic,
    roster_template,
    write_roster_template,
)

__all__ = [
    "FILES",
    "ContractCard",
    "Grounds",
    "Hindrance",
    "LicenceCard",
    "LocationCard",
    "NetworkCard",
    "NotEligible",
    "NotThisKindOfFile",
    "PlanCard",
    "PlanChoice",
    "PlanUnknown",
    "Profile",
    "ServiceCard",
    "TherapistUnknown",
    "TraitCard",
    "can_see",
    "check_can_see",
    "find_plan",
    "finish_run",
    "is_npi",
    "last_run",
    "licensed_in",
    "listed",
    "plan",
    "plans_in",
    "profile_of",
    "profiles",
    "quarantined",
    "reach",
    "read_source",
    "read_synthetic",
    "records",
    "remove",
    "roster_template",
    "sentence",
    "standing",
    "start_run",
    "take_in",
    "therapist_ids",
    "versions",
    "vocabulary",
    "write_roster_template",
]
