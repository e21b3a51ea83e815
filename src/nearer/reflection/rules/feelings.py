"""What a feeling's entry is, where it stands on the map, and which words have room to be written beside their dots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

#: The four quarters of the map, as they are listed: pleasant first, and what has energy before what rests.
QUARTERS = ("pleasant_high", "pleasant_low", "unpleasant_high", "unpleasant_low")

#: The map is a square of this many units; the outermost words stand this far inside.
SIDE = 1000
MARGIN = 40
#: Half a line of text and the width of a letter, in the map's units.
LINE = 13
LETTER = 11
DOT = 10
#: A word about closeness has a ring around its dot, and its text stands further off.
RING = 11


class FeelingsUnusable(Exception):
    """The file of feelings says something that can't be shown."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """One word: `pleasantness` and `energy` lie between -1 and 1, and never on the line between two quarters."""

    id: str
    word: str
    pleasantness: float
    energy: float
    closeness: bool
    definition: str
    body: str
    asks: str
    neighbour: str
    difference: str

    @property
    def quarter(self) -> str:
        return f"{'pleasant' if self.pleasantness > 0 else 'unpleasant'}_{'high' if self.energy > 0 else 'low'}"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a word stands on the map, in its units from the upper left; `is_written` if it fits beside its dot."""

    feeling: Feeling
    x: int
    y: int
    is_written: bool


def read_feelings(document: Mapping[str, Any], language: str) -> tuple[Feeling, ...]:
    """Return the words of one language, in the order of the file.

    :raises FeelingsUnusable: naming the word that is wrong.
    """
    found = tuple(map(_read, document.get(language, ())))
    known = {feeling.id for feeling in found}
    if len(known) < len(found) or not found:
        raise FeelingsUnusable(f"The feelings in “{language}” are missing, or two of them have the same id.")
    for feeling in found:
        if feeling.neighbour not in known - {feeling.id}:
            raise FeelingsUnusable(f"The neighbour of “{feeling.id}” is not in the list.")
    return found


def _read(raw: Mapping[str, Any]) -> Feeling:
    try:
        feeling = Feeling(**raw)
    except TypeError as error:
        raise FeelingsUnusable(f"The feeling “{raw.get('id', raw)}” is not complete: {error}.") from error
    if any(not getattr(feeling, each.name) for each in fields(feeling) if each.type == "str"):
        raise FeelingsUnusable(f"Something about the feeling “{feeling.id}” is empty.")
    if not all(0 < abs(at) <= 1 for at in (feeling.pleasantness, feeling.energy)):
        raise FeelingsUnusable(f"The feeling “{feeling.id}” does not stand in a quarter of the map.")
    return feeling


def spots(feelings: Iterable[Feeling]) -> tuple[Spot, ...]:
    """Return where each word stands. Its text is written where it meets no dot and no text written before it."""
    placed = [(feeling, *_place(feeling)) for feeling in feelings]
    dots = [(x - DOT, y - DOT, x + DOT, y + DOT) for _, x, y in placed]
    taken: list[tuple[int, int, int, int]] = []
    found = []
    for (feeling, x, y), own in zip(placed, dots, strict=True):
        left = x + DOT + (RING if feeling.closeness else 4)
        text = (left, y - LINE, left + LETTER * len(feeling.word), y + LINE)
        fits = text[2] <= SIDE and not any(_meet(text, box) for box in [*taken, *(dot for dot in dots if dot != own)])
        if fits:
            taken.append(text)
        found.append(Spot(feeling, x, y, fits))
    return tuple(found)


def _place(feeling: Feeling) -> tuple[int, int]:
    half = SIDE / 2 - MARGIN
    return round(SIDE / 2 + half * feeling.pleasantness), round(SIDE / 2 - half * feeling.energy)


def _meet(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
