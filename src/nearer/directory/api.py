"""The face of the directory: all that another room may call."""

from __future__ import annotations

from nearer.directory import records, vocabulary
from nearer.directory.operations import check_can_see, finish_run, remove, start_run, take_in
from nearer.directory.policies import NotEligible, sentence
from nearer.directory.queries import (
    PlanUnknown,
    TherapistUnknown,
    find_plan,
    plan,
    plans_in,
    profile_of,
    profiles,
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

__all__ = [
    "ContractCard",
    "Grounds",
    "Hindrance",
    "LicenceCard",
    "LocationCard",
    "NetworkCard",
    "NotEligible",
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
    "licensed_in",
    "listed",
    "plan",
    "plans_in",
    "profile_of",
    "profiles",
    "reach",
    "records",
    "remove",
    "sentence",
    "standing",
    "start_run",
    "take_in",
    "therapist_ids",
    "versions",
    "vocabulary",
]
