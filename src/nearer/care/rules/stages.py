"""Where a booking stands, as the one page of a booking shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

DETAILS = "details"  # the time is held; who are you?
CODE = "code"  # we know who; is the address yours?
CONFIRM = "confirm"  # the address is proven; only the time is missing
CONFIRMED = "confirmed"
EXPIRED = "expired"  # held no longer; it may be held again
CANCELLED = "cancelled"
PAST = "past"  # the session took place, or was missed


@dataclass(frozen=True, slots=True)
class Stage:
    """`name` is what the page shows; `goal` is what is done next once a time is held."""

    name: str
    goal: str

    def awaits(self, *goals: str) -> bool:
        """Say whether one of these is what is done next: with a time that is held, or once it is held again."""
        return self.goal in goals and self.name in {self.goal, EXPIRED}

    @property
    def is_settled(self) -> bool:
        """Say whether there is nothing to let go of: confirmed, called off, or past."""
        return self.name in {CONFIRMED, CANCELLED, PAST}


def stage(
    *,
    status: str,
    hold_expires_at: datetime | None,
    is_registered: bool,
    is_verified: bool,
    now: datetime,
) -> Stage:
    """Return where a booking stands at `now`, from its appointment's status and what is known of the client."""
    goal = CONFIRM if is_verified else CODE if is_registered else DETAILS
    if status == "held":
        late = hold_expires_at is not None and now >= hold_expires_at
        return Stage(EXPIRED if late else goal, goal)
    return Stage({"confirmed": CONFIRMED, "released": EXPIRED, "cancelled": CANCELLED}.get(status, PAST), goal)
