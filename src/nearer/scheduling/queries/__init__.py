"""What can be asked of diaries and appointments, in a constant number of queries."""

from __future__ import annotations

from nearer.scheduling.queries.diaries import (
    appointment,
    card_of,
    diary_pages,
    hour_bits,
    openings,
    openings_for,
    openings_to_move,
    pages_from,
    versions,
)

__all__ = [
    "appointment",
    "card_of",
    "diary_pages",
    "hour_bits",
    "openings",
    "openings_for",
    "openings_to_move",
    "pages_from",
    "versions",
]
