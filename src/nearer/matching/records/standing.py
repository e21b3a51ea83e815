"""How a therapist fares with one ask: all that stands against them, and where they would be shown."""

from __future__ import annotations

from dataclasses import dataclass

FIRST, BEHIND = "first", "behind"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that keeps someone out of an answer: a kind, and the codes that it is about.

    Kinds: those of `directory.Hindrance`; the kinds of musts; "times" (none that was asked for), "openings" (none).
    """

    kind: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands against one therapist in one ask. Nothing: then `shown` says where they are: first, or behind."""

    obstacles: tuple[Obstacle, ...]
    shown: str
    openings: int
    total: int
