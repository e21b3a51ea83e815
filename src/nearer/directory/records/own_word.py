"""What a therapist says themselves, and what the desk shows of it. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nearer.directory.records.held import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What a therapist says of themselves, in their own words."""

    about: str
    pronouns: str
    credentials: str
    couples_training: str
    accepting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A service as its therapist offers it. Minutes; fees in US cents (None: not said)."""

    kind: str
    ages: tuple[str, ...]
    telehealth: bool
    in_person: bool
    intake_minutes: int
    session_minutes: int
    intake_fee_cents: int | None
    session_fee_cents: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a therapist sees people."""

    name: str
    street: str
    city: str
    jurisdiction: str
    postal_code: str
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFact:
    """A licence or contract as its therapist sees it, whether it stands today or not."""

    id: int
    part: str
    jurisdiction: str
    kind: str
    number: str
    status: str
    network: str
    payer: str
    starts_on: date | None
    ends_on: date | None
    source: str
    verified_on: date
    expires_on: date
    stands: bool
    waiting_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCard:
    """What a therapist said of a licence or contract that someone else has to check."""

    id: int
    therapist_id: int
    npi: str
    name: str
    part: str
    is_so: bool
    jurisdiction: str
    kind: str
    number: str
    network: str
    payer: str
    starts_on: date | None
    ends_on: date | None
    said_at: datetime


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """All that is held of one therapist, whether it stands or not, and what they said that waits for a check.

    `own_until` is the first day on which something that they answer for themselves stops holding.
    """

    profile: Profile
    licences: tuple[HeldFact, ...]
    contracts: tuple[HeldFact, ...]
    waiting: tuple[StatementCard, ...]
    own_until: date
