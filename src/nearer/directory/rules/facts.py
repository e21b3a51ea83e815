"""Which facts stand on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Protocol, TypeVar

from nearer.directory.records import ContractCard, LicenceCard, Profile


class Dated(Protocol):
    @property
    def verified_on(self) -> date: ...
    @property
    def expires_on(self) -> date: ...


_Fact = TypeVar("_Fact", bound=Dated)


def holds(fact: Dated, on: date) -> bool:
    """Say whether a fact may be relied on that day: checked by then, and not longer ago than its check lasts."""
    return fact.verified_on <= on <= fact.expires_on


def runs(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Say whether a plan or contract runs that day; its first and last days count."""
    return starts_on <= on and (ends_on is None or on <= ends_on)


def licence_stands(licence: LicenceCard, on: date) -> bool:
    return licence.status == "active" and holds(licence, on)


def contract_stands(contract: ContractCard, on: date) -> bool:
    return runs(contract.starts_on, contract.ends_on, on) and holds(contract, on)


def standing(profile: Profile, on: date) -> Profile:
    """Return the profile with the facts alone that stand that day."""
    return replace(
        profile,
        licences=tuple(licence for licence in profile.licences if licence_stands(licence, on)),
        services=_holding(profile.services, on),
        locations=_holding(profile.locations, on),
        contracts=tuple(contract for contract in profile.contracts if contract_stands(contract, on)),
        traits=_holding(profile.traits, on),
    )


def _holding(facts: tuple[_Fact, ...], on: date) -> tuple[_Fact, ...]:
    return tuple(fact for fact in facts if holds(fact, on))
