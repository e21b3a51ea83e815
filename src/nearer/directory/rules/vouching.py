"""How long an operator's word on a fact holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

_QUARTER = timedelta(days=90)

#: From the day of the check on, where the source says no day of its own. A licence's is on it.
VOUCHED_FOR: Mapping[str, timedelta] = {
    "therapist": _QUARTER,
    "licence": timedelta(days=365),
    "location": _QUARTER,
    "service": _QUARTER,
    "trait": _QUARTER,
    "contract": _QUARTER,
}


def vouched_until(until: date, today: date) -> date:
    """Return the last day on which a fact holds that was checked today; a day that is past is today."""
    return max(until, today)
