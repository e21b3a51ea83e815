"""What the directory holds, as other rooms read it. Each fact carries the days between which it may be relied on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LicenceCard:
    jurisdiction: str
    kind: str
    number: str
    status: str
    source: str
    verified_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """Lengths in minutes; fees in US cents for those who pay themselves (None: not known)."""

    kind: str
    intake_minutes: int
    session_minutes: int
    ages: tuple[str, ...]
    telehealth: bool
    in_person: bool
    intake_fee_cents: int | None
    session_fee_cents: int | None
    verified_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class LocationCard:
    id: int
    name: str
    street: str
    city: str
    jurisdiction: str
    postal_code: str
    phone: str
    verified_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class ContractCard:
    """In-network is this fact on a date. `ends_on` is the last day; None: no end is known."""

    network_id: int
    network: str
    payer: str
    jurisdiction: str
    starts_on: date
    ends_on: date | None
    source: str
    verified_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class TraitCard:
    kind: str
    code: str
    verified_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class Profile:
    """One therapist and the facts about them that stand on the day it was asked for."""

    id: int
    npi: str
    given_name: str
    family_name: str
    credentials: str
    pronouns: str
    about: str
    time_zone: str
    accepting: bool
    couples_training: str
    is_demonstration: bool
    version: int
    source: str
    verified_on: date
    expires_on: date
    removed_on: date | None
    licences: tuple[LicenceCard, ...] = ()
    services: tuple[ServiceCard, ...] = ()
    locations: tuple[LocationCard, ...] = ()
    contracts: tuple[ContractCard, ...] = ()
    traits: tuple[TraitCard, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def service(self, kind: str) -> ServiceCard | None:
        """Return the service of this kind, if it is offered."""
        return next((service for service in self.services if service.kind == kind), None)

    def codes(self, kind: str) -> frozenset[str]:
        """Return the codes of the traits of one kind, such as the languages."""
        return frozenset(trait.code for trait in self.traits if trait.kind == kind)


@dataclass(frozen=True, slots=True)
class NetworkCard:
    id: int
    name: str
    payer: str


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan as it is offered in a list."""

    id: int
    name: str
    payer: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A plan in force, with the ids of the networks that it pays for."""

    id: int
    name: str
    payer: str
    jurisdictions: tuple[str, ...]
    networks: frozenset[int]


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan and the networks it pays for. `ends_on` is its last day; None: no end is known."""

    id: int
    name: str
    payer: str
    networks: tuple[NetworkCard, ...]
    jurisdictions: tuple[str, ...]
    starts_on: date
    ends_on: date | None
    source: str
    verified_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class Grounds:
    """The facts by which a therapist may see a client. No contract: the client pays themselves."""

    licences: tuple[LicenceCard, ...]
    contract: ContractCard | None
    service: ServiceCard
