"""How much each criterion counts: data of its own, versioned, shown to clients on a page of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Literal

from nearer.matching.engine.request import Kind

Criterion = Literal["concerns", "style", "approach", "identity", "logistics"]

#: The criterion that each kind of wish belongs to.
CRITERION: Mapping[Kind, Criterion] = {
    "concern": "concerns",
    "style": "style",
    "approach": "approach",
    "identity": "identity",
    "language": "logistics",
    "modality": "logistics",
}


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of `weights.json`, shares of one, and what a day of waiting costs in points of score.

    `record_min_cases` is the number of consented outcomes under which a therapist has no record; whoever builds
    the rows of a pool keeps to it.

    :raises ValueError: a weight is below zero.
    """

    version: int
    concerns: float
    style: float
    approach: float
    identity: float
    logistics: float
    record: float
    delay_per_day: float
    record_min_cases: int

    def __post_init__(self) -> None:
        if any(getattr(self, each.name) < 0 for each in fields(self)):
            raise ValueError("a weight is zero or more")

    def of(self, criterion: Criterion) -> float:
        value: float = getattr(self, criterion)
        return value


@cache
def weights() -> Weights:
    """Return the weights in force, read once."""
    text = resources.files(__package__).joinpath("weights.json").read_text("utf-8")
    return Weights(**json.loads(text))
