"""The network at a glance, and where it is thin: counts of therapists, which are no secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from nearer.directory.api import Panel
from nearer.matching.engine.supply import ENOUGH, Figures


@dataclass(frozen=True, slots=True)
class Overview:
    """One service everywhere. `everyone` counts each therapist once, however many places they practise in.

    `by_place` has every jurisdiction; `by_payer` those in which a payer has a plan in force.
    """

    service: str
    everyone: Figures
    by_place: Mapping[str, Figures]
    by_payer: Mapping[str, Mapping[str, Figures]]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """One plan in one jurisdiction, by service. `panel` None: people who pay themselves."""

    panel: Panel | None
    by_service: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Gap:
    """Fewer than three can be shown to members of these plans, which pay for the same networks there."""

    jurisdiction: str
    panels: tuple[Panel, ...]
    language: str
    time: str
    shown: int

    @property
    def missing(self) -> int:
        return ENOUGH - self.shown
