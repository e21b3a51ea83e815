"""What is common among therapists, as data, and how to draw from it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Population in thousands (census of 2020); places as (city, postal code)."""

    code: str
    population: int
    region: str
    psypact: bool
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """Codes and their running totals, ready to be drawn from."""

    codes: tuple[str, ...]
    totals: tuple[float, ...]

    def draw(self, random: Random) -> str:
        return random.choices(self.codes, cum_weights=self.totals)[0]

    def draw_some(self, random: Random, count: int) -> list[str]:
        """Return up to `count` different codes, in the order in which they were drawn."""
        return list(dict.fromkeys(random.choices(self.codes, cum_weights=self.totals, k=count)))


def weights(shares: Mapping[str, float]) -> Weights:
    return Weights(tuple(shares), tuple(accumulate(shares.values())))


@cache
def spread() -> Mapping[str, Any]:
    """Return the shares by topic, as the data file gives them."""
    found: Mapping[str, Any] = json.loads((DATA / "demonstration_spread.json").read_text("utf-8"))
    return found


@cache
def shares(topic: str) -> Weights:
    return weights(spread()[topic])


@cache
def jurisdictions() -> Mapping[str, Jurisdiction]:
    with (DATA / "jurisdictions.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: _jurisdiction(row) for row in csv.DictReader(lines)}


def _jurisdiction(row: Mapping[str, str]) -> Jurisdiction:
    places = tuple(tuple(place.rsplit(" ", 1)) for place in row["places"].split("|"))
    return Jurisdiction(
        code=row["code"],
        population=int(row["population"]),
        region=row["region"],
        psypact=row["psypact"] == "1",
        places=tuple((city, postal_code) for city, postal_code in places),
    )


@cache
def by_population() -> Weights:
    return weights({code: there.population for code, there in jurisdictions().items()})


@cache
def neighbours(code: str) -> Weights:
    """Return where else a therapist of this jurisdiction is likely licensed: nearby, then where most people live."""
    here = jurisdictions()[code]
    return weights(
        {
            there.code: there.population * (8 if there.region == here.region else 1)
            for there in jurisdictions().values()
            if there.code != code
        }
    )


@cache
def psypact() -> tuple[str, ...]:
    return tuple(code for code, there in jurisdictions().items() if there.psypact)


@cache
def names() -> Mapping[str, Sequence[str]]:
    with (DATA / "demonstration_names.csv").open(encoding="utf-8", newline="") as lines:
        return {row["kind"]: tuple(row["names"].split("|")) for row in csv.DictReader(lines)}
