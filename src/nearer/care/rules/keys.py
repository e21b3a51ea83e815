"""The keys that make pressing twice one hold."""

from __future__ import annotations

import hashlib
from datetime import datetime


def key_of(*parts: str) -> str:
    """Return a key of fixed length for one choice: the same page's other times are other choices."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:48]


def key_again(booking_id: int, appointment_id: int, start: datetime) -> str:
    """Return the key by which a booking takes this time after that appointment."""
    return key_of(str(booking_id), str(appointment_id), start.isoformat())
