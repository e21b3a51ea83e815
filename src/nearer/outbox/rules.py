"""How long to wait before a message is tried again, and when to stop."""

from __future__ import annotations

from datetime import timedelta

#: After the last of these waits, and one more failure, a message has failed for good: about nine hours in all.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 300))

#: A message that is being sent is left alone for so long: longer than a mail server may take to answer. After that
#: its worker counts as dead, and the next one sends it.
LEASE = timedelta(minutes=10)

#: A worker takes a message up to this much before it is due: clocks of two machines differ a little.
EARLY = timedelta(seconds=5)

#: How long a message is kept once it is done with: its text is of no more use to anyone.
KEPT = timedelta(days=30)

#: No mail server was reached: nothing that is due can go out just now.
UNREACHED = frozenset({"NoMailServer", "PostmanDied"})

#: These are of no use within minutes, and hold the address of someone who may never have become a client.
SHORT_LIVED = frozenset({"code", "sign-in-code"})
KEPT_SHORT = timedelta(days=1)


def may_try(attempts: int) -> bool:
    """Say whether this try, counted from 1, is still made: a message that kills its workers is not tried for ever."""
    return attempts <= len(WAITS) + 1


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after the given number of failed attempts; None where nothing more is tried."""
    return WAITS[attempts - 1] if 1 <= attempts <= len(WAITS) else None
