"""A few of many, from the first to the last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Each = TypeVar("Each")


def spread(items: Sequence[Each], most: int) -> Sequence[Each]:
    """Return at most `most` of these, the first and last among them; all where `most` is 0."""
    if not 1 < most < len(items):
        return items[: most or None]
    return [items[place * (len(items) - 1) // (most - 1)] for place in range(most)]
