"""What the journey hands from reading to showing."""

from __future__ import annotations

from dataclasses import dataclass

from nearer.accounts.api import ClientCard
from nearer.care.rules.answers import Answers
from nearer.care.rules.stages import CODE, CONFIRM, CONFIRMED, DETAILS, Stage
from nearer.care.rules.told import Told
from nearer.matching.api import Match, Matches, NotMatched
from nearer.scheduling.api import AppointmentCard


@dataclass(frozen=True, slots=True)
class Section:
    """The answer for one service."""

    service: str
    matches: Matches

    @property
    def is_dead_end(self) -> bool:
        """Say whether nobody fits and no single change would bring anyone."""
        return not self.matches.matches and not self.matches.relaxations


@dataclass(frozen=True, slots=True)
class Seen:
    """One therapist, looked at for one service."""

    service: str
    verdict: Match | NotMatched


@dataclass(frozen=True, slots=True)
class BookingCard:
    """What stands behind one appointment, and where it stands. `let_go`: they gave the held time back themselves."""

    id: int
    appointment: AppointmentCard
    client: ClientCard | None
    stage: Stage
    answers: Answers
    told: Told
    language: str
    time_zone: str
    let_go: bool = False
    terms: tuple[str, ...] = ()
    couple_id: int | None = None
    place: int = 1

    @property
    def is_couple(self) -> bool:
        """Say whether two people attend: then nobody confirms for both."""
        return self.appointment.service == "couples"

    @property
    def has_time(self) -> bool:
        """Say whether a time is theirs now: held or confirmed."""
        return self.stage.name in {DETAILS, CODE, CONFIRM, CONFIRMED}
