"""The link that is sent to the other of two people: it opens one couple, until it is used or runs out."""

from __future__ import annotations

from datetime import datetime

from nearer.foundation import sealing


def seal_invitation(couple_id: int, part: str, until: datetime) -> str:
    """Return the link as text for an address. `part` is what makes it worthless once a newer one was sent."""
    return sealing.ring().token({"c": couple_id, "n": part}, purpose="partner", expires_at=until)


def open_invitation(token: str, now: datetime) -> tuple[int, str]:
    """Return which couple a link opens, and its part.

    :raises CannotUnseal: it was altered, or is none of ours.
    :raises TokenExpired: the time that waited does not wait any more.
    """
    data = sealing.ring().read_token(token, purpose="partner", now=now)
    return int(data["c"]), str(data["n"])
