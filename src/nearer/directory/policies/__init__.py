"""Why someone may not be seen by someone, and why a row is not taken in: sentences that a person reads."""

from __future__ import annotations

from nearer.directory.policies.eligibility import NotEligible, granted, sentence
from nearer.directory.policies.intake import (
    RecordRefused,
    check_network,
    check_plan,
    check_therapist,
    storage_fault,
)

__all__ = [
    "NotEligible",
    "RecordRefused",
    "check_network",
    "check_plan",
    "check_therapist",
    "granted",
    "sentence",
    "storage_fault",
]
