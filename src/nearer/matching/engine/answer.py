"""What matching answers: the first few with their reasons, how many there are, and everyone else when asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.request import Kind, Wish


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


Relaxed: TypeAlias = Kind | Literal["times", "in_person"]


class Relaxation(NamedTuple):
    """One step of the ladder: whom letting go of a single thing would bring, counted exactly.

    `what` is the kind whose musts are let go, all of them, `mask` their codes; or "times"; or "in_person": to meet
    in the first jurisdiction in place of video. `gains` is how many therapists would fit who do not now,
    `people_tomorrow` how many of those have an opening on the first day that may be booked.
    """

    what: Relaxed
    mask: int
    gains: int
    people_tomorrow: int


class EverythingNice(NamedTuple):
    """Who would fit with no must at all, at any time: how many, and how many of them have an opening on the first day.

    `in_person` says that they could only be met in the first jurisdiction, where two are asked and video has nobody.
    """

    therapists: int
    people_tomorrow: int
    in_person: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request.

    `first` holds up to five, best first. At least one of them has a fitting opening within 48 hours of the asking
    if any therapist who fits has one: `within_48h` says whether. `total` counts everyone who fits, `first`
    included. `relaxations` is filled when fewer than three fit, the most helpful step first; `everything_nice` when
    no single step helps, None where even that would bring nobody more. `seed` replays it.
    """

    first: tuple[Ranked, ...]
    total: int
    within_48h: bool
    relaxations: tuple[Relaxation, ...]
    everything_nice: EverythingNice | None
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
