"""The last look at a record before it is written. Sources look first; this holds for all of them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from zoneinfo import available_timezones

from django.db import Error
from django.utils.translation import gettext as _

from nearer.directory import rules, vocabulary
from nearer.directory.models import Licence
from nearer.directory.records import (
    ContractRecord,
    LicenceRecord,
    LocationRecord,
    NetworkRecord,
    PlanRecord,
    Provenance,
    ServiceRecord,
    TherapistRecord,
    TraitRecord,
)

_SHORTEST_MINUTES, _LONGEST_MINUTES = 15, 240
_ZONES = available_timezones()


class RecordRefused(Exception):
    """A record can't be taken in; says why in one sentence."""


def check_therapist(record: TherapistRecord, networks: Container[tuple[str, str]]) -> None:
    """Look through one therapist and all that is said of them.

    :param networks: (payer code, network code) of every network that is known.
    :raises RecordRefused: for the first thing that is wrong.
    """
    _refuse(_faults_of_therapist(record))
    for licence in record.licences or ():
        _refuse(_faults_of_licence(licence))
    for location in record.locations or ():
        _refuse(_faults_of_location(location))
    for service in record.services or ():
        _refuse(_faults_of_service(service))
    for trait in record.traits or ():
        _refuse(_faults_of_trait(trait))
    for contract in record.contracts or ():
        _refuse(_faults_of_contract(contract, networks))


def check_network(record: NetworkRecord, payers: Container[str]) -> None:
    """Look at one network.

    :raises RecordRefused: for the first thing that is wrong.
    """
    if record.payer not in payers:
        raise RecordRefused(_("The network belongs to a payer that isn’t known: “%s”.") % record.payer[:80])
    _refuse(_faults_of_dates(record.provenance))


def check_plan(record: PlanRecord, payers: Container[str], networks: Container[tuple[str, str]]) -> None:
    """Look at one plan.

    :raises RecordRefused: for the first thing that is wrong.
    """
    _refuse(_faults_of_plan(record, payers, networks))


def storage_fault(error: Exception) -> str:
    """Return why the database would not keep a row, in words; constraints are named as sentences."""
    cause = error.__cause__ if isinstance(error, Error) else None
    name: str | None = getattr(getattr(cause, "diag", None), "constraint_name", None)
    if name:
        return _("The directory can’t hold this: it says that %s.") % name.replace("_", " ")
    return _("A text in this row is too long, or holds a character that can’t be stored.")


def _refuse(faults: Iterator[str]) -> None:
    fault = next(faults, None)
    if fault is not None:
        raise RecordRefused(fault)


def _faults_of_dates(provenance: Provenance) -> Iterator[str]:
    if provenance.expires_on < provenance.verified_on:
        yield _("Something here expires before the day it was checked: %s.") % provenance.source_id[:80]


def _faults_of_therapist(record: TherapistRecord) -> Iterator[str]:
    if not rules.is_npi(record.npi):
        yield _("The NPI “%s” isn’t ten digits of which the last one checks.") % record.npi[:80]
    if record.removed_on is None and not f"{record.given_name}{record.family_name}".strip():
        yield _("The therapist has no name.")
    if record.time_zone is not None and record.time_zone not in _ZONES:
        yield _("“%s” is no time zone.") % record.time_zone[:80]
    yield from _faults_of_dates(record.provenance)


def _faults_of_licence(licence: LicenceRecord) -> Iterator[str]:
    if licence.jurisdiction not in vocabulary.JURISDICTIONS:
        yield _("The licence names no state that licenses therapists: “%s”.") % licence.jurisdiction[:80]
    if licence.kind not in vocabulary.LICENCES:
        yield _("“%s” is no kind of licence we know.") % licence.kind[:80]
    if licence.status not in Licence.Status.values:
        yield _("“%s” is nothing that a licence can be.") % licence.status[:80]
    yield from _faults_of_dates(licence.provenance)


def _faults_of_location(location: LocationRecord) -> Iterator[str]:
    if location.jurisdiction not in vocabulary.JURISDICTIONS:
        yield _("The address names no state: “%s”.") % location.jurisdiction[:80]
    yield from _faults_of_dates(location.provenance)


def _faults_of_service(service: ServiceRecord) -> Iterator[str]:
    if service.kind not in vocabulary.SERVICES:
        yield _("“%s” is no service we know.") % service.kind[:80]
    for minutes in (service.intake_minutes, service.session_minutes):
        if not _SHORTEST_MINUTES <= minutes <= _LONGEST_MINUTES:
            yield _("A session lasts a quarter of an hour to four hours, not %d minutes.") % minutes
    if not service.ages or not vocabulary.AGES.keys() >= set(service.ages):
        yield _("The service is for no age we know: “%s”.") % ", ".join(service.ages)[:80]
    if not (service.telehealth or service.in_person):
        yield _("The service is offered neither by video nor in person.")
    yield from _faults_of_dates(service.provenance)


def _faults_of_trait(trait: TraitRecord) -> Iterator[str]:
    if trait.code not in vocabulary.TRAITS.get(trait.kind, {}):
        yield _("“%s” is nothing we have a word for.") % f"{trait.kind} {trait.code}"[:80]
    yield from _faults_of_dates(trait.provenance)


def _faults_of_contract(contract: ContractRecord, networks: Container[tuple[str, str]]) -> Iterator[str]:
    if (contract.payer, contract.network) not in networks:
        name = f"{contract.payer} {contract.network}"
        yield _("The contract is with a network that isn’t known: “%s”.") % name[:80]
    if contract.jurisdiction not in vocabulary.JURISDICTIONS:
        yield _("The contract names no state: “%s”.") % contract.jurisdiction[:80]
    if contract.ends_on is not None and contract.ends_on < contract.starts_on:
        yield _("The contract ends before it begins: %s.") % f"{contract.starts_on} – {contract.ends_on}"
    yield from _faults_of_dates(contract.provenance)


def _faults_of_plan(plan: PlanRecord, payers: Container[str], networks: Container[tuple[str, str]]) -> Iterator[str]:
    if plan.payer not in payers:
        yield _("The plan belongs to a payer that isn’t known: “%s”.") % plan.payer[:80]
    if not plan.jurisdictions or not vocabulary.JURISDICTIONS.keys() >= set(plan.jurisdictions):
        yield _("The plan names a state that is none: “%s”.") % ", ".join(plan.jurisdictions)[:80]
    for payer, code, _tier in plan.networks:
        if (payer, code) not in networks:
            yield _("The plan pays for a network that isn’t known: “%s”.") % f"{payer} {code}"[:80]
    if plan.ends_on is not None and plan.ends_on < plan.starts_on:
        yield _("The plan ends before it begins: %s.") % f"{plan.starts_on} – {plan.ends_on}"
    yield from _faults_of_dates(plan.provenance)
