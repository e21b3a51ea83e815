"""The one shape that every source is read into: what a source says, not yet what we hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

#: A row's columns and cells, as they were written.
Cells = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who said it, under which id, when it was checked, until when it holds."""

    source: str
    source_id: str
    verified_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class LicenceRecord:
    jurisdiction: str
    kind: str
    number: str
    status: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class LocationRecord:
    name: str
    street: str
    city: str
    jurisdiction: str
    postal_code: str
    phone: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """Lengths in minutes, fees in US cents (None: not known)."""

    kind: str
    intake_minutes: int
    session_minutes: int
    ages: tuple[str, ...]
    telehealth: bool
    in_person: bool
    intake_fee_cents: int | None
    session_fee_cents: int | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class TraitRecord:
    kind: str
    code: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ContractRecord:
    """In-network is a contract on a date: `payer` and `network` are codes."""

    payer: str
    network: str
    jurisdiction: str
    starts_on: date
    ends_on: date | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class HoursRecord:
    """Minutes of a local weekday (Monday is 0); the day ends at 1440."""

    weekday: int
    start_minute: int
    end_minute: int


@dataclass(frozen=True, slots=True)
class DiaryRecord:
    """What a source says of someone's working rules."""

    npi: str
    time_zone: str
    hours: tuple[HoursRecord, ...]
    settings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TherapistRecord:
    """One therapist as one source tells them. A part that is None is not spoken of, and stays as it is.

    `cells` are those of the row, to be put aside with it if it can't be taken in.
    """

    npi: str
    given_name: str
    family_name: str
    credentials: str
    provenance: Provenance
    line: int
    time_zone: str | None = None
    accepting: bool | None = None
    pronouns: str | None = None
    about: str | None = None
    couples_training: str | None = None
    is_demonstration: bool = False
    removed_on: date | None = None
    licences: tuple[LicenceRecord, ...] | None = None
    locations: tuple[LocationRecord, ...] | None = None
    services: tuple[ServiceRecord, ...] | None = None
    traits: tuple[TraitRecord, ...] | None = None
    contracts: tuple[ContractRecord, ...] | None = None
    cells: Cells = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class NetworkRecord:
    payer: str
    code: str
    name: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan pays for networks named by (payer code, network code, tier)."""

    payer: str
    code: str
    name: str
    jurisdictions: tuple[str, ...]
    networks: tuple[tuple[str, str, str], ...]
    starts_on: date
    ends_on: date | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class PayerRecord:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken in: where it stood, what it said (cut to a few hundred characters), and why.

    `cells` are its columns and cells whole, where the source is a table that people keep: they can be mended.
    """

    line: int
    reason: str
    content: str
    cells: Cells = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """A few hundred rows of one source, taken in together in one transaction."""

    read: int
    payers: tuple[PayerRecord, ...] = ()
    networks: tuple[NetworkRecord, ...] = ()
    plans: tuple[PlanRecord, ...] = ()
    therapists: tuple[TherapistRecord, ...] = ()
    diaries: tuple[DiaryRecord, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """The report of an import, in rows of the source."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    quarantined: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.read + other.read,
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.quarantined + other.quarantined,
        )
