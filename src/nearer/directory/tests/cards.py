"""Profiles for tests of the rules, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from nearer.directory.records import ContractCard, LicenceCard, LocationCard, Profile, ServiceCard, TraitCard
from nearer.directory.tests.builders import CHECKED, RELIABLE_UNTIL, an_npi

NETWORK = 7


def a_licence_card(**said: Any) -> LicenceCard:
    return replace(LicenceCard("MA", "psychologist", "1", "active", "test", CHECKED, RELIABLE_UNTIL), **said)


def a_service_card(**said: Any) -> ServiceCard:
    card = ServiceCard("individual", 60, 50, ("adult", "older"), True, False, None, None, CHECKED, RELIABLE_UNTIL)
    return replace(card, **said)


def a_location_card(**said: Any) -> LocationCard:
    card = LocationCard(1, "", "1 Elm Street", "Springfield", "MA", "01101", "", CHECKED, RELIABLE_UNTIL)
    return replace(card, **said)


def a_contract_card(**said: Any) -> ContractCard:
    card = ContractCard(NETWORK, "Evergreen PPO", "Evergreen", "MA", CHECKED, None, "test", CHECKED, RELIABLE_UNTIL)
    return replace(card, **said)


def a_trait_card(kind: str, code: str) -> TraitCard:
    return TraitCard(kind, code, CHECKED, RELIABLE_UNTIL)


def a_profile(**said: Any) -> Profile:
    """Return someone who may see an adult in Massachusetts by video, in network 7."""
    someone = Profile(
        id=1,
        npi=an_npi(1),
        given_name="Alex",
        family_name="Rivera",
        credentials="PhD",
        pronouns="",
        about="",
        time_zone="America/New_York",
        accepting=True,
        couples_training="",
        is_demonstration=False,
        version=1,
        source="test",
        verified_on=CHECKED,
        expires_on=RELIABLE_UNTIL,
        removed_on=None,
        licences=(a_licence_card(),),
        services=(a_service_card(),),
        contracts=(a_contract_card(),),
    )
    return replace(someone, **said)


def day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
