"""The one place where the time of day is read. Rules and operations are told it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return this instant, in UTC."""
    return datetime.now(UTC)
