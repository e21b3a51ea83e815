"""The motif: two circles drawing nearer. Plain geometry, in units of a 320 by 44 picture."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

WIDTH, HEIGHT, RADIUS = 320.0, 44.0, 18.0
#: How far the centres are apart when the journey is done: they overlap, and stay two.
TOGETHER = RADIUS * 1.1


@dataclass(frozen=True, slots=True)
class Circles:
    """Two circles of one radius, the resting places still ahead of them, and the lens where they meet."""

    one: float
    two: float
    middle: float
    radius: float
    rests: tuple[float, ...]
    lens: str

    @property
    def left(self) -> float:
        """Return where the picture begins if it is cut off just before the first circle."""
        return self.one - self.radius


def circles_at(step: int, steps: int) -> Circles:
    """Return the circles at `step` (1 to `steps`): as far apart as the picture, then nearer by equal steps."""
    step = min(max(step, 1), max(steps, 1))
    distances = [_distance(each, steps) for each in range(1, steps + 1)]
    distance = distances[step - 1] if distances else TOGETHER
    centre = WIDTH / 2
    ahead = [d for d in distances[step:] if d > TOGETHER]
    rests = sorted(centre + side * d / 2 for d in ahead for side in (-1, 1))
    return Circles(
        one=round(centre - distance / 2, 2),
        two=round(centre + distance / 2, 2),
        middle=HEIGHT / 2,
        radius=RADIUS,
        rests=tuple(round(x, 2) for x in rests),
        lens=lens(centre, distance),
    )


def lens(centre: float, distance: float) -> str:
    """Return the SVG path of what two circles share, empty while they are apart.

    Half the chord is the square root of r² - (d/2)².
    """
    if distance >= 2 * RADIUS:
        return ""
    half = sqrt(RADIUS**2 - (distance / 2) ** 2)
    top, bottom = HEIGHT / 2 - half, HEIGHT / 2 + half
    arc = f"A{RADIUS:g} {RADIUS:g} 0 0 1 {centre:g}"
    return f"M{centre:g} {top:.2f}{arc} {bottom:.2f}{arc} {top:.2f}z"


def _distance(step: int, steps: int) -> float:
    apart = WIDTH - 2 * RADIUS - 2
    return TOGETHER if steps <= 1 else apart - (apart - TOGETHER) * (step - 1) / (steps - 1)
