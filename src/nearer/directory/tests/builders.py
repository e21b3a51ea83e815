"""People and plans for tests: what a test does not name is a therapist who could see someone in Massachusetts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import count

from nearer.directory import rules
from nearer.directory.models import (
    Contract,
    Licence,
    Location,
    Network,
    Payer,
    Plan,
    PlanNetwork,
    Service,
    Therapist,
    Trait,
)

#: Facts of the builders were checked on CHECKED and may be relied on through RELIABLE_UNTIL.
CHECKED = date(2026, 1, 1)
RELIABLE_UNTIL = date(2027, 12, 31)
TODAY = date(2026, 11, 23)

_numbers = count(1)


def an_npi(number: int | None = None) -> str:
    """Return an NPI that checks and can never be real: they start with 1 or 2, this one with 9."""
    first = f"9{next(_numbers) if number is None else number:08d}"
    return first + rules.check_digit(first)


def a_payer(*, code: str = "evergreen", name: str = "Evergreen Health") -> Payer:
    return Payer.objects.get_or_create(code=code, defaults={"name": name})[0]


def a_network(
    *,
    code: str = "",
    name: str = "",
    payer: Payer | None = None,
    verified_on: date = CHECKED,
    expires_on: date = RELIABLE_UNTIL,
) -> Network:
    code = code or f"network-{next(_numbers)}"
    return Network.objects.create(
        payer=payer or a_payer(),
        code=code,
        name=name or code,
        source="test",
        source_id=code,
        verified_on=verified_on,
        expires_on=expires_on,
    )


def a_plan(
    *,
    name: str = "",
    networks: Sequence[Network] = (),
    jurisdictions: Sequence[str] = ("MA",),
    payer: Payer | None = None,
    starts_on: date = CHECKED,
    ends_on: date | None = None,
    verified_on: date = CHECKED,
    expires_on: date = RELIABLE_UNTIL,
) -> Plan:
    number = next(_numbers)
    plan = Plan.objects.create(
        payer=payer or a_payer(),
        code=f"plan-{number}",
        name=name or f"Plan {number}",
        jurisdictions=list(jurisdictions),
        starts_on=starts_on,
        ends_on=ends_on,
        source="test",
        source_id=str(number),
        verified_on=verified_on,
        expires_on=expires_on,
    )
    PlanNetwork.objects.bulk_create(PlanNetwork(plan=plan, network=network) for network in networks)
    return plan


def a_therapist(
    *,
    npi: str = "",
    given_name: str = "Alex",
    family_name: str = "Rivera",
    accepting: bool = True,
    couples_training: str = "",
    time_zone: str = "America/New_York",
    licensed_in: Sequence[str] = ("MA",),
    services: Sequence[str] = ("individual",),
    places_in: Sequence[str] = (),
    networks: Sequence[Network] = (),
    traits: Mapping[str, Collection[str]] | None = None,
    removed_on: date | None = None,
    verified_on: date = CHECKED,
    expires_on: date = RELIABLE_UNTIL,
) -> Therapist:
    """Write a therapist; in each place they see people in person too, each network has a contract where licensed."""
    npi = npi or an_npi()
    therapist = Therapist.objects.create(
        npi=npi,
        given_name=given_name,
        family_name=family_name,
        accepting=accepting,
        couples_training=couples_training or ("EFT externship" if "couples" in services else ""),
        time_zone=time_zone,
        source="test",
        source_id=npi,
        removed_on=removed_on,
        verified_on=verified_on,
        expires_on=expires_on,
    )
    for jurisdiction in licensed_in:
        a_licence(therapist, jurisdiction=jurisdiction)
    for kind in services:
        a_service(therapist, kind=kind, in_person=bool(places_in))
    for jurisdiction in places_in:
        a_location(therapist, jurisdiction=jurisdiction)
    for network in networks:
        for jurisdiction in licensed_in:
            a_contract(therapist, network, jurisdiction=jurisdiction)
    for kind, codes in (traits or {"language": ["en"]}).items():
        for code in codes:
            a_trait(therapist, kind=kind, code=code)
    return therapist


def a_licence(
    therapist: Therapist,
    *,
    jurisdiction: str = "MA",
    kind: str = "psychologist",
    status: str = "active",
    verified_on: date = CHECKED,
    expires_on: date = RELIABLE_UNTIL,
) -> Licence:
    return Licence.objects.create(
        therapist=therapist,
        jurisdiction=jurisdiction,
        kind=kind,
        number=f"{jurisdiction}-{next(_numbers)}",
        status=status,
        source="test",
        source_id=therapist.npi,
        verified_on=verified_on,
        expires_on=expires_on,
    )


def a_service(
    therapist: Therapist,
    *,
    kind: str = "individual",
    ages: Sequence[str] = ("adult", "older"),
    telehealth: bool = True,
    in_person: bool = False,
    intake_minutes: int = 60,
    session_minutes: int = 50,
    session_fee_cents: int | None = 15_000,
    verified_on: date = CHECKED,
    expires_on: date = RELIABLE_UNTIL,
) -> Service:
    return Service.objects.create(
        therapist=therapist,
        kind=kind,
        ages=list(ages),
        telehealth=telehealth,
        in_person=in_person,
        intake_minutes=intake_minutes,
        session_minutes=session_minutes,
        intake_fee_cents=session_fee_cents,
        session_fee_cents=session_fee_cents,
        source="test",
        source_id=therapist.npi,
        verified_on=verified_on,
        expires_on=expires_on,
    )


def a_location(
    therapist: Therapist,
    *,
    jurisdiction: str = "MA",
    city: str = "Springfield",
    verified_on: date = CHECKED,
    expires_on: date = RELIABLE_UNTIL,
) -> Location:
    return Location.objects.create(
        therapist=therapist,
        street=f"{next(_numbers)} Elm Street",
        city=city,
        jurisdiction=jurisdiction,
        postal_code="01101",
        source="test",
        source_id=therapist.npi,
        verified_on=verified_on,
        expires_on=expires_on,
    )


def a_trait(
    therapist: Therapist,
    *,
    kind: str = "language",
    code: str = "en",
    verified_on: date = CHECKED,
    expires_on: date = RELIABLE_UNTIL,
) -> Trait:
    return Trait.objects.create(
        therapist=therapist,
        kind=kind,
        code=code,
        source="test",
        source_id=therapist.npi,
        verified_on=verified_on,
        expires_on=expires_on,
    )


def a_contract(
    therapist: Therapist,
    network: Network,
    *,
    jurisdiction: str = "MA",
    starts_on: date = CHECKED,
    ends_on: date | None = None,
    verified_on: date = CHECKED,
    expires_on: date = RELIABLE_UNTIL,
) -> Contract:
    return Contract.objects.create(
        therapist=therapist,
        network=network,
        jurisdiction=jurisdiction,
        starts_on=starts_on,
        ends_on=ends_on,
        source="test",
        source_id=therapist.npi,
        verified_on=verified_on,
        expires_on=expires_on,
    )
