"""The registry of National Provider Identifiers, as CMS publishes it: a CSV of 329 columns, some eight million rows.

Therapists alone are taken in, by taxonomy. Everything in the registry is what people said of themselves: a licence in
it is kept as not verified, and supports no match until someone who may vouch for it does (a roster, a payer).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from nearer.directory.records import Batch, LicenceRecord, LocationRecord, Provenance, Refused, TherapistRecord
from nearer.directory.sources import npi as npis
from nearer.directory.sources import places, words
from nearer.directory.sources.batches import Taken, in_batches
from nearer.directory.sources.faults import RowRefused, refused
from nearer.directory.sources.provenance import provenance
from nearer.directory.sources.seen import Seen, shelf
from nearer.directory.sources.table import Row, rows
from nearer.directory.sources.taxonomy import behavioural

SOURCE = "nppes"
GROUPS = range(1, 16)
INDIVIDUAL = "1"
LAST_NAME, FIRST_NAME = "Provider Last Name (Legal Name)", "Provider First Name"
PRACTICE = "Provider Business Practice Location Address"
ENUMERATED = "Provider Enumeration Date"
UPDATED, DEACTIVATED, REACTIVATED = "Last Update Date", "NPI Deactivation Date", "NPI Reactivation Date"
NEEDS = (
    "NPI",
    "Entity Type Code",
    LAST_NAME,
    FIRST_NAME,
    f"{PRACTICE} State Name",
    f"{PRACTICE} Postal Code",
    UPDATED,
    DEACTIVATED,
    "Healthcare Provider Taxonomy Code_1",
    "Provider License Number_1",
    "Provider License Number State Code_1",
)
_NAMED_DAY = re.compile(r"npidata_pfile_\d{8}-(\d{8})")


def read(path: Path, *, today: date, as_of: date | None = None) -> Iterator[Batch]:
    """Yield the registry's therapists.

    :param as_of: the day of which the file speaks; None: the one in its name, or today.
    :raises NotThisKindOfFile: it is no such CSV.
    """
    on = as_of or _day_in(path.name) or today
    with shelf() as space:
        yield from in_batches(_rows(path, Seen(space), on))


def _day_in(name: str) -> date | None:
    found = _NAMED_DAY.search(name)
    try:
        return datetime.strptime(found[1], "%Y%m%d").date() if found else None  # noqa: DTZ007 (a day, no instant)
    except ValueError:
        return None


def _rows(path: Path, seen: Seen, on: date) -> Iterator[Taken | Refused | None]:
    for row in rows(path, needs=NEEDS, kind=_("the registry's file of NPIs")):
        if isinstance(row, Refused):
            yield row
            continue
        try:
            yield _row(row, seen, on)
        except RowRefused as reason:
            yield refused(row.line, reason, row.content)


def _row(row: Row, seen: Seen, on: date) -> Taken | None:
    """Return the therapist in a row; None for an organization, another profession, or a row that stood here before.

    :raises RowRefused: says what is wrong with it.
    """
    npi = row["NPI"]
    deactivated_on = _deactivated_on(row)
    if deactivated_on is None and (row["Entity Type Code"] != INDIVIDUAL or not _kinds(row)):
        return None
    if fault := npis.fault(npi):
        raise RowRefused(fault)
    if seen.again(npi, row.line, row.cells):
        return None
    return Taken(_gone(row, deactivated_on, on) if deactivated_on else _therapist(row, on))


def _deactivated_on(row: Row) -> date | None:
    deactivated_on = words.day(row[DEACTIVATED], DEACTIVATED)
    reactivated_on = words.day(row[REACTIVATED], REACTIVATED)
    if deactivated_on and reactivated_on and reactivated_on >= deactivated_on:
        return None
    return deactivated_on


def _kinds(row: Row) -> dict[int, str]:
    """Return the kind of licence of each taxonomy group that is one of ours."""
    codes = {group: row[f"Healthcare Provider Taxonomy Code_{group}"] for group in GROUPS}
    return {group: behavioural()[code] for group, code in codes.items() if code in behavioural()}


def _gone(row: Row, deactivated_on: date, on: date) -> TherapistRecord:
    """Return what is left of a deactivated NPI: the registry blanks all else, so nobody new can come of it."""
    told = provenance("therapist", source=SOURCE, source_id=row["NPI"], verified_on=on)
    return TherapistRecord(row["NPI"], "", "", "", told, row.line, removed_on=deactivated_on)


def _therapist(row: Row, on: date) -> TherapistRecord:
    npi = row["NPI"]
    if not (row[LAST_NAME] and row[FIRST_NAME]):
        raise RowRefused(_("The therapist has no name."))
    updated_on = words.day(row[UPDATED], UPDATED)
    if updated_on is None:
        raise RowRefused(_("The row does not say when it was last updated."))
    location = _location(row, updated_on)
    return TherapistRecord(
        npi=npi,
        given_name=words.name(row[FIRST_NAME])[:80],
        family_name=words.name(row[LAST_NAME])[:80],
        credentials=words.credentials(row["Provider Credential Text"]),
        provenance=_listed(npi, updated_on, on),
        line=row.line,
        licences=_licences(row, updated_on),
        locations=(location,),
    )


def _listed(npi: str, updated_on: date, on: date) -> Provenance:
    """Return the provenance of a name: as old as what the therapist last said, and good while the registry lists them.

    So a registry read today does not outdo a roster that was checked yesterday.
    """
    listed = provenance("therapist", source=SOURCE, source_id=npi, verified_on=on)
    return replace(listed, verified_on=min(updated_on, on))


def _location(row: Row, updated_on: date) -> LocationRecord:
    state = row[f"{PRACTICE} State Name"]
    jurisdiction = places.jurisdiction(state)
    if jurisdiction is None:
        raise RowRefused(_("The practice is in “{state}”, which is no US state or territory.").format(state=state))
    street = (
        f"{row['Provider First Line Business Practice Location Address']} "
        + row["Provider Second Line Business Practice Location Address"]
    )
    return LocationRecord(
        name="",
        street=words.name(street)[:200],
        city=words.name(row[f"{PRACTICE} City Name"])[:80],
        jurisdiction=jurisdiction,
        postal_code=words.postal_code(row[f"{PRACTICE} Postal Code"]),
        phone=words.phone(row[f"{PRACTICE} Telephone Number"]),
        provenance=provenance("location", source=SOURCE, source_id=row["NPI"], verified_on=updated_on),
    )


def _licences(row: Row, updated_on: date) -> tuple[LicenceRecord, ...]:
    """Return the licences that a therapist claims.

    Nobody checked them, so their day is the earliest that the registry knows: whoever did check outdoes them, however
    lately the therapist wrote to the registry.
    """
    since = min(updated_on, words.day(row[ENUMERATED], ENUMERATED) or updated_on)
    told = provenance("licence", source=SOURCE, source_id=row["NPI"], verified_on=since)
    found: dict[tuple[str, str, str], None] = {}
    for group, kind in _kinds(row).items():
        number, state = row[f"Provider License Number_{group}"], row[f"Provider License Number State Code_{group}"]
        if not number:
            continue
        jurisdiction = places.jurisdiction(state)
        if jurisdiction is None:
            sentence = _("The licence {number} is without a state.") if not state else _("“{state}” licenses nobody.")
            raise RowRefused(sentence.format(number=number, state=state))
        found[jurisdiction, kind, number[:60]] = None
    return tuple(LicenceRecord(state, kind, number, "unverified", told) for state, kind, number in found)
