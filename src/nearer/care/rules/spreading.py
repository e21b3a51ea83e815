"""A few of many, from the first to the last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar
from zoneinfo import ZoneInfo

from nearer.foundation.timerange import TimeRange

Each = TypeVar("Each")
#: How many days a card shows, and how many times of each.
CARD_DAYS, CARD_TIMES = 2, 3


def spread(items: Sequence[Each], most: int) -> Sequence[Each]:
    """Return at most `most` of these, the first and last among them; all where `most` is 0."""
    if not 1 < most < len(items):
        return items[: most or None]
    return [items[place * (len(items) - 1) // (most - 1)] for place in range(most)]


def on_a_card(openings: Sequence[TimeRange], zone: str) -> list[TimeRange]:
    """Return the openings that a card shows: of the first local days that have any, a few spread over the day."""
    local = ZoneInfo(zone)
    days = [list(day) for _, day in groupby(openings, key=lambda opening: opening.start.astimezone(local).date())]
    return [opening for day in days[:CARD_DAYS] for opening in spread(day, CARD_TIMES)]
