"""How a count looks: in six steps, each a shade and a pattern of its own, and the states as tiles of one size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.directory.api import vocabulary

#: Where each step begins. Three is what an answer shows; below it people are turned away.
BEGINS = (1, 3, 10, 50, 200)
STEPS: tuple[Promise, ...] = (
    _("nobody"),
    _("1 or 2: too few for an answer"),
    _("3 to 9"),
    _("10 to 49"),
    _("50 to 199"),
    _("200 or more"),
)
#: Where each place stands on the map of tiles: column and row, from the west and from the north.
_ROWS = (
    "AK .. .. .. .. .. .. .. .. .. .. ME",
    ".. .. .. .. .. .. .. .. .. .. VT NH",
    ".. WA ID MT ND MN IL WI MI NY RI MA",
    ".. OR NV WY SD IA IN OH PA NJ CT ..",
    ".. CA UT CO NE MO KY WV VA MD DE ..",
    "GU .. AZ NM KS AR TN NC SC DC .. ..",
    "MP .. .. .. OK LA MS AL GA .. .. PR",
    "AS HI .. .. TX .. .. .. .. FL .. VI",
)
GRID: Mapping[str, tuple[int, int]] = {
    code: (column, row) for row, line in enumerate(_ROWS) for column, code in enumerate(line.split()) if code != ".."
}
#: The size of a tile in a small map, and how much of it is drawn.
TILE, DRAWN = 10, 9


@dataclass(frozen=True, slots=True)
class Tile:
    """One place on the map: what it counts, and how that looks."""

    code: str
    name: str
    count: int
    step: int
    column: int
    row: int
    words: str


@dataclass(frozen=True, slots=True)
class Shade:
    """All tiles of one step of a small map, as the path of one shape."""

    step: int
    path: str


def step(count: int) -> int:
    """Return the step that a count falls into, 0 to 5."""
    return bisect_right(BEGINS, count)


def tile(code: str, count: int, words: str, *, looks: int | None = None) -> Tile:
    """Return a place's tile; `looks` is its step where that is not of the count."""
    column, row = GRID[code]
    name = vocabulary.JURISDICTIONS[code]
    return Tile(code, name, count, step(count) if looks is None else looks, column + 1, row + 1, words)


def shades(steps: Mapping[str, int]) -> tuple[Shade, ...]:
    """Return a small map: for each step the shape of its tiles. Places that are not named are left out."""
    paths: dict[int, list[str]] = {}
    for code, looks in steps.items():
        column, row = GRID[code]
        paths.setdefault(looks, []).append(f"M{column * TILE} {row * TILE}h{DRAWN}v{DRAWN}h-{DRAWN}z")
    return tuple(Shade(looks, "".join(paths[looks])) for looks in sorted(paths))


def ground() -> str:
    """Return the shape of all tiles of a small map, to lie under those that say something."""
    return "".join(f"M{column * TILE} {row * TILE}h{DRAWN}v{DRAWN}h-{DRAWN}z" for column, row in GRID.values())


def legend() -> tuple[tuple[int, Promise], ...]:
    return tuple(enumerate(STEPS))
