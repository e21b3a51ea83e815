"""Who may see whom, by the facts that stand on a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from nearer.directory.records import ContractCard, Grounds, LicenceCard, Profile, ServiceCard
from nearer.directory.rules.facts import contract_stands, holds, licence_stands

#: A privilege that lets its holder see people by video alone: PSYPACT's authority to practise
#: interjurisdictional telepsychology (its in-person authority is a temporary one of thirty days).
BY_VIDEO_ALONE = frozenset({"compact_psypact"})


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a therapist may not see a client: a kind, and the code it is about (a service, a state, an age band)."""

    kind: str
    about: str = ""


def listed(profile: Profile, on: date, *, known: bool = False) -> Hindrance | None:
    """Return what keeps a therapist from being offered to anyone that day, if anything does.

    `known`: to those who come already. They are no new clients, so accepting none does not keep them out.
    """
    if profile.removed_on is not None and profile.removed_on <= on:
        return Hindrance("removed")
    if not holds(profile, on):
        return Hindrance("unchecked")
    return None if profile.accepting or known else Hindrance("not_accepting")


def licensed_in(profile: Profile, on: date) -> frozenset[str]:
    """Return the jurisdictions in which a licence or compact privilege stands that day."""
    return frozenset(licence.jurisdiction for licence in profile.licences if licence_stands(licence, on))


def reach(profile: Profile, service: str, modality: str, on: date) -> frozenset[str]:
    """Return the jurisdictions in which a therapist can give this service in this way that day.

    By video: wherever they are licensed. In person: wherever they have a place and a licence that
    is good for more than video.
    """
    offered = _offered(profile, service, on)
    if isinstance(offered, Hindrance) or not _given(offered, modality):
        return frozenset()
    licences = _licences(profile, modality, on)
    places = {place.jurisdiction for place in profile.locations if holds(place, on)}
    within = {licence.jurisdiction for licence in licences}
    return frozenset(within if modality == "telehealth" else within & places)


def can_see(  # noqa: PLR0913 - a question of six parts, each named
    profile: Profile,
    *,
    service: str,
    modality: str,
    jurisdictions: Sequence[str],
    age_bands: Sequence[str],
    networks: Collection[int] | None,
    on: date,
    known: bool = False,
) -> Grounds | Hindrance:
    """Return by which facts a therapist may see these clients that day, or the first thing that forbids it.

    :param jurisdictions: where each client will be, the one whose plan is used first.
    :param networks: ids of the plan's networks; None: the client pays themselves.
    :param known: they come already, and are no new clients.
    """
    offered = _offered(profile, service, on)
    checks = (
        listed(profile, on, known=known),
        offered if isinstance(offered, Hindrance) else _fits(offered, modality, age_bands),
        _may_practise(profile, modality, jurisdictions, on),
    )
    for hindrance in checks:
        if hindrance is not None:
            return hindrance
    contract = _contract(profile, networks, jurisdictions[0], on)
    if networks is not None and contract is None:
        return Hindrance("no_contract", jurisdictions[0])
    assert isinstance(offered, ServiceCard)
    places = jurisdictions[:1] if modality == "in_person" else jurisdictions
    licences = (licence for licence in _licences(profile, modality, on) if licence.jurisdiction in places)
    return Grounds(tuple(licences), contract, offered)


def hindrances(  # noqa: PLR0913 - the same question as `can_see`
    profile: Profile,
    *,
    service: str,
    modality: str,
    jurisdictions: Sequence[str],
    age_bands: Sequence[str],
    networks: Collection[int] | None,
    on: date,
) -> tuple[Hindrance, ...]:
    """Return everything that forbids a therapist to see these clients that day; nothing just where `can_see` grants."""
    offered = _offered(profile, service, on)
    fits = offered if isinstance(offered, Hindrance) else _fits(offered, modality, age_bands)
    contract = _contract(profile, networks, jurisdictions[0], on)
    found = (
        listed(profile, on),
        fits,
        _may_practise(profile, modality, jurisdictions, on),
        Hindrance("no_contract", jurisdictions[0]) if networks is not None and contract is None else None,
    )
    return tuple(each for each in found if each is not None)


def _offered(profile: Profile, kind: str, on: date) -> ServiceCard | Hindrance:
    service = profile.service(kind)
    if service is None or not holds(service, on):
        return Hindrance("no_service", kind)
    if kind == "couples" and not profile.couples_training:
        return Hindrance("no_couples_training")
    return service


def _given(service: ServiceCard, modality: str) -> bool:
    return {"telehealth": service.telehealth, "in_person": service.in_person}[modality]


def _fits(service: ServiceCard, modality: str, age_bands: Sequence[str]) -> Hindrance | None:
    if not _given(service, modality):
        return Hindrance("not_in_this_way", modality)
    return next((Hindrance("not_this_age", band) for band in age_bands if band not in service.ages), None)


def _licences(profile: Profile, modality: str, on: date) -> tuple[LicenceCard, ...]:
    return tuple(
        licence
        for licence in profile.licences
        if licence_stands(licence, on) and (modality == "telehealth" or licence.kind not in BY_VIDEO_ALONE)
    )


def _may_practise(profile: Profile, modality: str, jurisdictions: Sequence[str], on: date) -> Hindrance | None:
    """By video, the law of the place where each client sits applies; in person, everyone sits in one place."""
    within = {licence.jurisdiction for licence in _licences(profile, modality, on)}
    if modality == "telehealth":
        return next((Hindrance("no_licence", place) for place in jurisdictions if place not in within), None)
    here = jurisdictions[0]
    if here not in within:
        return Hindrance("no_licence", here)
    places = {place.jurisdiction for place in profile.locations if holds(place, on)}
    return None if here in places else Hindrance("no_location", here)


def _contract(profile: Profile, networks: Collection[int] | None, jurisdiction: str, on: date) -> ContractCard | None:
    """Return the contract that was checked last among those that count."""
    fitting = [
        contract
        for contract in profile.contracts
        if networks is not None
        and contract.network_id in networks
        and contract.jurisdiction == jurisdiction
        and contract_stands(contract, on)
    ]
    return max(fitting, key=lambda contract: (contract.verified_on, -contract.network_id), default=None)
