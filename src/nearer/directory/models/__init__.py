"""Who is there, what is known of them, what they say themselves, and what imports did."""

from __future__ import annotations

from nearer.directory.models.facts import (
    Contract,
    Licence,
    Location,
    Network,
    Payer,
    Plan,
    PlanNetwork,
    Service,
    Therapist,
    Trait,
)
from nearer.directory.models.imports import ImportRun, QuarantinedRow
from nearer.directory.models.own_word import Statement, Withdrawal

__all__ = [
    "Contract",
    "ImportRun",
    "Licence",
    "Location",
    "Network",
    "Payer",
    "Plan",
    "PlanNetwork",
    "QuarantinedRow",
    "Service",
    "Statement",
    "Therapist",
    "Trait",
    "Withdrawal",
]
