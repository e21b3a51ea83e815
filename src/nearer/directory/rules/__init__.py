"""What is true of a therapist on a day, and what becomes of what several sources say. Plain Python."""

from __future__ import annotations

from nearer.directory.rules.alike import alike
from nearer.directory.rules.eligibility import (
    BY_VIDEO_ALONE,
    Hindrance,
    can_see,
    hindrances,
    licensed_in,
    listed,
    reach,
)
from nearer.directory.rules.facts import contract_stands, holds, licence_stands, runs, standing
from nearer.directory.rules.merging import Changes, Held, Said, merge, merged_therapist
from nearer.directory.rules.npi import check_digit, is_npi
from nearer.directory.rules.vouching import VOUCHED_FOR, vouched_until

__all__ = [
    "BY_VIDEO_ALONE",
    "VOUCHED_FOR",
    "Changes",
    "Held",
    "Hindrance",
    "Said",
    "alike",
    "can_see",
    "check_digit",
    "contract_stands",
    "hindrances",
    "holds",
    "is_npi",
    "licence_stands",
    "licensed_in",
    "listed",
    "merge",
    "merged_therapist",
    "reach",
    "runs",
    "standing",
    "vouched_until",
]
