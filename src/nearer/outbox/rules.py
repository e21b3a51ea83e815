"""How long to wait before a message is tried again, and when to stop."""

from __future__ import annotations

from datetime import timedelta

#: After the last of these waits, and one more failure, a message has failed for good: about nine hours in all.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 300))

#: How long a message is kept once it is done with: its text is of no more use to anyone.
KEPT = timedelta(days=30)


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after the given number of failed attempts; None where nothing more is tried."""
    return WAITS[attempts - 1] if 1 <= attempts <= len(WAITS) else None
