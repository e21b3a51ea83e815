"""The map of feelings, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.reflection.queries import feelings
from nearer.reflection.rules.feelings import QUARTERS, SIDE, Feeling, Spot, spots

QUARTER_WORDS: Mapping[str, tuple[Promise, Promise]] = {
    "pleasant_high": (_("Pleasant, with energy"), _("Something in you lifts or leans forward.")),
    "pleasant_low": (_("Pleasant, at rest"), _("Something in you settles or softens.")),
    "unpleasant_high": (_("Unpleasant, with energy"), _("Something in you pushes, races or braces.")),
    "unpleasant_low": (_("Unpleasant, at rest"), _("Something in you sinks, dulls or pulls in.")),
}


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of the map with its words, in the order of the alphabet."""

    code: str
    name: Promise
    says: Promise
    feelings: tuple[Feeling, ...]


@dataclass(frozen=True, slots=True)
class FeelingsPage:
    """The whole map and the list beside it."""

    side: int
    spots: tuple[Spot, ...]
    quarters: tuple[Quarter, ...]
    words: Mapping[str, str]

    @property
    def count(self) -> int:
        return len(self.spots)


@lru_cache(maxsize=8)
def feelings_page(language: str) -> FeelingsPage:
    """Return the page in a language."""
    found = feelings(language)
    return FeelingsPage(
        side=SIDE,
        spots=spots(found),
        quarters=tuple(_quarter(code, found) for code in QUARTERS),
        words={feeling.id: feeling.word for feeling in found},
    )


def _quarter(code: str, found: tuple[Feeling, ...]) -> Quarter:
    own = sorted((each for each in found if each.quarter == code), key=lambda each: each.word.casefold())
    return Quarter(code, *QUARTER_WORDS[code], tuple(own))
