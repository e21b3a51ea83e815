"""What matching answers: therapists that can be held now, each with why; and what would bring more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from nearer.directory.api import PlanCard, Profile, ServiceCard
from nearer.foundation.timerange import TimeRange
from nearer.matching.records import words
from nearer.matching.records.words import Words


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for someone, and when the fact it rests on was last checked (None: it is of this hour).

    `detail` is text from the directory, such as a network's name.
    """

    kind: str
    codes: tuple[str, ...] = ()
    verified_on: date | None = None
    detail: str = ""

    @property
    def labels(self) -> tuple[str | Promise, ...]:
        return words.labels(self.kind, self.codes)

    @property
    def words(self) -> Words:
        """The reason as a person reads it."""
        return words.sentence(words.REASONS, self.kind, self.codes, self.detail)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish, not a must, that someone does not meet: the codes of one kind that they lack."""

    kind: str
    codes: tuple[str, ...]

    @property
    def labels(self) -> tuple[str | Promise, ...]:
        return words.labels(self.kind, self.codes)

    @property
    def words(self) -> Words:
        return words.sentence(words.UNMET, self.kind, self.codes)


@dataclass(frozen=True, slots=True)
class Match:
    """One therapist who can see the client: in which way, when, why, and what of the wishes they don't meet.

    `openings` are sessions that could be held at the time of asking, in order; each is checked for its own day.
    `modality` is the way in which they are offered: the one asked for, or video where either will do.
    """

    profile: Profile
    service: ServiceCard
    modality: str
    modalities: tuple[str, ...]
    openings: tuple[TimeRange, ...]
    reasons: tuple[Reason, ...]
    unmet: tuple[Unmet, ...]


@dataclass(frozen=True, slots=True)
class NotMatched:
    """Why someone is not in the answer: the first thing that stands against it."""

    profile: Profile
    kind: str
    codes: tuple[str, ...] = ()
    detail: str = ""

    @property
    def reason(self) -> Words:
        """One sentence."""
        return self.detail or words.sentence(words.NOT_SHOWN, self.kind, self.codes)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Whom letting go of one thing would bring: therapists who don't fit now, and how many of them are free tomorrow.

    `kind` is that of the musts let go, all `codes` of them together; or "times". For a couple in two states also
    "video" (in place of in person, where that was asked) and "in_person" (in the first, which `codes` names).
    """

    kind: str
    codes: tuple[str, ...]
    gains: int
    people_tomorrow: int

    @property
    def labels(self) -> tuple[str | Promise, ...]:
        return words.labels(self.kind, self.codes)

    @property
    def words(self) -> Words:
        return words.sentence(words.RELAXED, self.kind, self.codes)


@dataclass(frozen=True, slots=True)
class EverythingNice:
    """Who would fit if every must were a wish, at any time: how many, and how many of them are free tomorrow.

    `modality` is None (any), or "in_person" for a couple in two states whom nobody sees by video.
    """

    therapists: int
    people_tomorrow: int
    modality: str | None


@dataclass(frozen=True, slots=True)
class Matches:
    """The answer to one ask. `matches` are shown first; `others` are the next best that were checked with them.

    `total` counts everyone who fits by the projection. Fewer than three: `relaxations` says what to let go of, and
    if no single thing helps, `everything_nice` what letting go of all would bring, None where that is nobody new.
    `seed` and `as_of` replay the answer on the same data.
    """

    matches: tuple[Match, ...]
    others: tuple[Match, ...]
    total: int
    within_48h: bool
    relaxations: tuple[Relaxation, ...]
    everything_nice: EverythingNice | None
    seed: int
    plan: PlanCard | None
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One page of "see all", from 1 to `last`, after the first few."""

    others: tuple[Match, ...]
    number: int
    last: int
    total: int
