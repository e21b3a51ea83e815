"""What matching answers: the first few with their reasons, how many there are, and everyone else when asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.request import Wish


class Part(NamedTuple):
    """How one wish came out for one therapist: the chosen codes that are met, and those that are not, as masks."""

    wish: Wish
    met: int
    unmet: int


class Ranked(NamedTuple):
    """One therapist in an answer.

    `fit` is 0..1; `score` is what the order follows: fit, less 0.02 a day of waiting, less the price of scarce
    capacity. `first_opening` is the UTC hour in which the first fitting opening starts, `first_day` its calendar
    day in the client's zone counted from today (tomorrow is 1). `modalities` are the ways (bits TELEHEALTH,
    IN_PERSON) in which this therapist may see this client. `had` are the codes had of each of `wishes`.
    """

    therapist_id: int
    score: float
    fit: float
    first_opening: datetime
    first_day: int
    modalities: int
    wishes: tuple[Wish, ...]
    had: tuple[int, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """How each wish came out, in the order of the wishes."""
        return tuple(Part(wish, had, wish.mask & ~had) for wish, had in zip(self.wishes, self.had, strict=True))

    @property
    def met(self) -> tuple[Part, ...]:
        """The wishes of which at least one chosen code is met."""
        return tuple(part for part in self.parts if part.met)

    @property
    def unmet(self) -> tuple[Part, ...]:
        """The wishes of which at least one chosen code is not met."""
        return tuple(part for part in self.parts if part.unmet)


class Relaxation(NamedTuple):
    """One step of the ladder: what turning a single must into a nice would buy, counted exactly.

    `wish` is the must to relax; None is the wish about times. `gains` is how many more therapists would fit,
    `openings_tomorrow` how many more opening hours there would be on the first day that may be booked.
    """

    wish: Wish | None
    gains: int
    openings_tomorrow: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request.

    `first` holds up to five, best first. At least one of them has a fitting opening within 48 hours of the asking
    if any therapist who fits has one: `within_48h` says whether. `total` counts everyone who fits, `first`
    included. `relaxations` is filled when fewer than three fit, the most helpful step first. `seed` replays it.
    """

    first: tuple[Ranked, ...]
    total: int
    within_48h: bool
    relaxations: tuple[Relaxation, ...]
    seed: int
    _further: Further = field(repr=False, compare=False)

    def order(self) -> NDArray[np.int64]:
        """Return the ids of everyone who fits, best first, beginning with `first`; worked out when asked."""
        return self._further.ids(self.total)

    def page(self, start: int, stop: int) -> tuple[Ranked, ...]:
        """Return the places from `start` up to `stop` of `order`, with their reasons; place 0 is `first[0]`.

        Only as many as `stop` are put in order.
        """
        return self._further.described(start, min(stop, self.total))


class Further(Protocol):
    """Whoever can say more about an answer: the rank that gave it."""

    def ids(self, stop: int) -> NDArray[np.int64]:
        """Return the ids at the first `stop` places."""

    def described(self, start: int, stop: int) -> tuple[Ranked, ...]:
        """Return what is to be said about the places from `start` up to `stop`."""
