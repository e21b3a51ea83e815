"""One therapist who does not exist: name, licences, contracts, words."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from nearer.directory import vocabulary
from nearer.directory.records import (
    ContractRecord,
    DiaryRecord,
    LicenceRecord,
    LocationRecord,
    Provenance,
    TherapistRecord,
)
from nearer.directory.rules import check_digit
from nearer.directory.sources.provenance import provenance
from nearer.directory.sources.synthetic import practice
from nearer.directory.sources.synthetic.market import SOURCE, Panel, panels_in
from nearer.directory.sources.synthetic.spread import (
    by_population,
    jurisdictions,
    names,
    neighbours,
    psypact,
    shares,
    spread,
)

#: The part of facts whose last check is too long ago, as in any real directory.
STALE = 0.03
COUPLES = 0.35
ACCEPTING = 0.88
IN_PERSON = 0.62
ELSEWHERE = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3)


def person(number: int, random: Random, today: date) -> tuple[TherapistRecord, DiaryRecord]:
    """Return the therapist of this number and their diary."""
    nine = f"9{number:08d}"
    npi = nine + check_digit(nine)
    home = by_population().draw(random)
    kind = shares("licences").draw(random)
    gender = shares("genders").draw(random)
    facts = practice.practice(random, kind=kind, gender=gender, couples=random.random() < COUPLES)
    licences = _licences(random, npi, home, kind, today)
    sees_in_person = random.random() < IN_PERSON
    therapist = TherapistRecord(
        npi=npi,
        given_name=random.choice(names()[gender]),
        family_name=f"{random.choice(names()['family'])} (demo)",
        credentials=random.choice(spread()["credentials"][kind]),
        provenance=_checked("therapist", npi, today),
        line=number + 1,
        time_zone=vocabulary.TIME_ZONES[home],
        accepting=random.random() < ACCEPTING,
        pronouns=spread()["pronouns"][gender] if random.random() < 0.7 else "",  # noqa: PLR2004
        about=facts.about,
        couples_training=facts.couples_training,
        is_demonstration=True,
        licences=licences,
        locations=_locations(random, npi, home, today) if sees_in_person else (),
        services=practice.services(random, facts, npi, in_person=sees_in_person, today=today),
        traits=practice.traits(facts, npi, today),
        contracts=_contracts(random, npi, home, licences, today),
    )
    return therapist, practice.diary(random, npi, vocabulary.TIME_ZONES[home])


def _licences(random: Random, npi: str, home: str, kind: str, today: date) -> tuple[LicenceRecord, ...]:
    """Return the licence at home, those elsewhere, and for some psychologists the privilege of PSYPACT."""
    elsewhere = neighbours(home).draw_some(random, random.choice(ELSEWHERE) - 1)
    licences = [_licence(random, npi, there, kind, today) for there in (home, *elsewhere)]
    if kind == "psychologist" and home in psypact() and random.random() < 0.3:  # noqa: PLR2004
        number = f"APIT-{random.randrange(10_000, 99_999)}"
        told = _checked("licence", f"{npi}/psypact", today)
        licences += [
            LicenceRecord(there, "compact_psypact", number, "active", told)
            for there in psypact()
            if there not in (home, *elsewhere)
        ]
    return tuple(licences)


def _licence(random: Random, npi: str, jurisdiction: str, kind: str, today: date) -> LicenceRecord:
    expired = random.random() < STALE / 3
    ends_on = today + timedelta(days=-random.randrange(1, 200) if expired else random.randrange(60, 700))
    checked_on = min(ends_on, today) - timedelta(days=random.randrange(30))
    told = provenance(
        "licence", source=SOURCE, source_id=f"{npi}/{jurisdiction}", verified_on=checked_on, until=ends_on
    )
    number = f"DEMO-{random.randrange(100_000, 999_999)}"
    return LicenceRecord(jurisdiction, kind, number, "expired" if expired else "active", told)


def _locations(random: Random, npi: str, home: str, today: date) -> tuple[LocationRecord, ...]:
    city, postal_code = random.choice(jurisdictions()[home].places)
    street = f"{random.randrange(1, 400)} Example Street"
    phone = f"+1202555{random.randrange(100, 200):04d}"
    told = _told(random, "location", f"{npi}/office", today)
    return (LocationRecord("", street, city, home, postal_code, phone, told),)


def _contracts(
    random: Random, npi: str, home: str, licences: tuple[LicenceRecord, ...], today: date
) -> tuple[ContractRecord, ...]:
    """Return who the therapist has contracts with: where they hold a licence of their own, mostly at home."""
    owned = [licence.jurisdiction for licence in licences if licence.kind != "compact_psypact"]
    return tuple(
        _contract(random, npi, panel, there, today)
        for there in owned
        for panel in panels_in(there)
        if random.random() < panel.share * (1 if there == home else 0.6)
    )


def _contract(random: Random, npi: str, panel: Panel, jurisdiction: str, today: date) -> ContractRecord:
    starts_on = date(today.year - random.randrange(1, 6), random.randrange(1, 13), 1)
    ending = random.random()
    ends_on = None
    if ending < 0.02:  # noqa: PLR2004 (it has ended)
        ends_on = today - timedelta(days=random.randrange(1, 60))
    elif ending < 0.06:  # noqa: PLR2004 (it will end)
        ends_on = today + timedelta(days=random.randrange(20, 300))
    told = _told(random, "contract", f"{npi}/{panel.payer}/{panel.code}/{jurisdiction}", today)
    return ContractRecord(panel.payer, panel.code, jurisdiction, starts_on, ends_on, told)


def _told(random: Random, kind: str, source_id: str, today: date) -> Provenance:
    """Return a fact's provenance: checked within two months, or for some far too long ago."""
    days = random.randrange(95, 300) if random.random() < STALE else random.randrange(60)
    return provenance(kind, source=SOURCE, source_id=source_id, verified_on=today - timedelta(days=days))


def _checked(kind: str, source_id: str, today: date) -> Provenance:
    return provenance(kind, source=SOURCE, source_id=source_id, verified_on=today)
