"""A therapist of a payer's directory, put together from the practitioner and one role per network and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from nearer.directory import vocabulary
from nearer.directory.records import LicenceRecord, TherapistRecord, TraitRecord
from nearer.directory.sources import npi as npis
from nearer.directory.sources import places, taxonomy
from nearer.directory.sources import words as texts
from nearer.directory.sources.batches import Taken
from nearer.directory.sources.faults import RowRefused
from nearer.directory.sources.plan_net import fhir
from nearer.directory.sources.plan_net.fhir import Resource
from nearer.directory.sources.plan_net.files import Found
from nearer.directory.sources.plan_net.payers import Market
from nearer.directory.sources.plan_net.shelves import Shelves
from nearer.directory.sources.plan_net.work import Work

#: Codes of Plan-Net's roles that are those of therapists, where no specialty says so.
ROLES = {
    "co": "professional_counselor",
    "mt": "marriage_family_therapist",
    "py": "psychologist",
    "sw": "clinical_social_worker",
    "bh": "professional_counselor",
}
CLOSED = frozenset({"nopt", "existptonly", "existptfam"})


def person(found: Found, shelves: Shelves, market: Market) -> Taken | None:
    """Return the therapist that a practitioner is; None for another profession.

    :raises RowRefused: says why the therapist can't be taken in.
    """
    practitioner = found.resource
    roles = [role for role in shelves.roles_of(found) if role.get("active", True)]
    work = Work(found, roles, shelves, market)
    kind = _kind(practitioner, roles)
    if kind is None or not practitioner.get("active", True):
        return None
    npi = fhir.npi(practitioner)
    if fault := npis.fault(npi):
        raise RowRefused(fault)
    given, family, credentials = _name(practitioner)
    licences = tuple(_licences(practitioner, kind, shelves))
    locations = tuple(work.locations())
    told = (*(place.jurisdiction for place in locations), *(licence.jurisdiction for licence in licences))
    states = tuple(dict.fromkeys(told))
    if not states:
        raise RowRefused(_("It is said neither where the therapist sees people nor where they are licensed."))
    therapist = TherapistRecord(
        npi=npi,
        given_name=given,
        family_name=family,
        credentials=credentials,
        provenance=shelves.told("therapist", practitioner),
        line=found.number,
        accepting=_accepting(roles),
        licences=licences,
        locations=locations,
        traits=tuple(_languages(practitioner, shelves)),
        contracts=tuple(work.contracts(states)),
    )
    return Taken(therapist, refused=tuple(work.refused))


def _kind(practitioner: Resource, roles: Sequence[Resource]) -> str | None:
    """Return the therapist's profession: by a specialty, else by a role's code, else by a licence's title."""
    told = [word for role in roles for concept in role.get("specialty", ()) for word in fhir.words(concept)]
    qualified = [word for each in practitioner.get("qualification", ()) for word in fhir.words(each["code"])]
    by_specialty = (taxonomy.behavioural().get(word) for word in (*told, *qualified))
    by_role = (ROLES.get(code) for role in roles for each in role.get("code", ()) for _system, code in fhir.codes(each))
    return next(filter(None, (*by_specialty, *by_role)), None)


def _name(practitioner: Resource) -> tuple[str, str, str]:
    name: Resource = next(iter(practitioner.get("name", ())), {})
    family = texts.name(str(name.get("family", "")))
    given = texts.name(" ".join(str(part) for part in name.get("given", ())[:1]))
    if not (family and given):
        raise RowRefused(_("The therapist has no name."))
    after = str(name.get("text", "")).partition(",")[2]
    return given[:80], family[:80], texts.credentials(", ".join(name.get("suffix", ())) or after)


def _licences(practitioner: Resource, kind: str, shelves: Shelves) -> Iterator[LicenceRecord]:
    """Yield the licences among the qualifications: those that say in which state they are valid.

    A payer checks licences when it admits a therapist to a network, so what it calls active counts as such,
    if it says by which number.
    """
    seen = set()
    for qualification in practitioner.get("qualification", ()):
        told = [word for word in fhir.words(qualification["code"]) if word]
        of = next(filter(None, (taxonomy.profession(word) or taxonomy.title(word) for word in told)), None)
        number = next((str(each.get("value", "")) for each in qualification.get("identifier", ())), "")[:60]
        ends_on = fhir.day(qualification.get("period", {}).get("end"))
        if of is None and fhir.NUCC in (system for system, _code in fhir.codes(qualification["code"])):
            continue
        for state, status in _valid_in(qualification):
            if (state, of or kind, number) not in seen:
                seen.add((state, of or kind, number))
                provenance = shelves.told("licence", practitioner, ends_on)
                yield LicenceRecord(state, of or kind, number, status if number else "unverified", provenance)


def _valid_in(qualification: Resource) -> Iterator[tuple[str, str]]:
    for name in ("practitioner-qualification", "qualification"):
        for extension in fhir.extensions(qualification, name):
            stated = next((each.get("valueCode") for each in fhir.extensions(extension, "status")), "active")
            for valid in fhir.extensions(extension, "whereValid"):
                concept = valid.get("valueCodeableConcept", {})
                for state in filter(None, map(places.jurisdiction, fhir.words(concept))):
                    yield state, "active" if stated == "active" else "expired"


def _accepting(roles: Sequence[Resource]) -> bool | None:
    """Say whether any network's new clients are accepted; None if no role says so."""
    told = {
        code
        for role in roles
        for extension in fhir.extensions(role, "newpatients")
        for accepting in fhir.extensions(extension, "acceptingPatients")
        for _system, code in fhir.codes(accepting.get("valueCodeableConcept", {}))
    }
    if "newpt" in told:
        return True
    return False if told & CLOSED else None


def _languages(practitioner: Resource, shelves: Shelves) -> Iterator[TraitRecord]:
    told = (code for each in practitioner.get("communication", ()) for _system, code in fhir.codes(each))
    for code in dict.fromkeys(code.split("-")[0].lower() for code in told):
        if code in vocabulary.LANGUAGES:
            yield TraitRecord("language", code, shelves.told("trait", practitioner))
