"""A therapist as a row of a roster tells them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from nearer.directory import vocabulary
from nearer.directory.records import (
    DiaryRecord,
    LicenceRecord,
    LocationRecord,
    ServiceRecord,
    TherapistRecord,
    TraitRecord,
)
from nearer.directory.sources import npi as npis
from nearer.directory.sources import places, words
from nearer.directory.sources.batches import Taken
from nearer.directory.sources.faults import RowRefused
from nearer.directory.sources.provenance import provenance
from nearer.directory.sources.roster import facts
from nearer.directory.sources.roster.cells import cents, codes, number, truth
from nearer.directory.sources.roster.facts import SOURCE
from nearer.directory.sources.roster.hours import hours
from nearer.directory.sources.table import Row

CLOCKS = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "arizona": "America/Phoenix",
    "pacific": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
}
TRAITS = {
    "concerns": "concern",
    "approaches": "approach",
    "styles": "style",
    "languages": "language",
    "identities": "identity",
}
LIMITS = {
    "weekly_new_clients": "weekly_new_clients",
    "caseload_limit": "caseload_limit",
    "caseload_now": "caseload_elsewhere",
}
MOST_MINUTES, MOST_CLIENTS = 240, 1000
ZONES = available_timezones()


def person(row: Row, today: date) -> Taken:
    """Return the therapist and the diary of a row. A part whose cells are empty is not spoken of.

    :raises RowRefused: says what is wrong with the row.
    """
    npi = row["npi"]
    if fault := npis.fault(npi):
        raise RowRefused(fault)
    if not (row["given_name"] and row["family_name"]):
        raise RowRefused(_("The therapist has no name."))
    verified_on = facts.verified_on(row["verified_on"], today)
    licences = facts.licences(row["licences"], npi, verified_on) if row["licences"] else None
    locations = tuple(_locations(row, verified_on))
    time_zone = _time_zone(row, locations, licences or ())
    states = tuple(dict.fromkeys(one.jurisdiction for one in licences or () if one.kind != "compact_psypact"))
    therapist = TherapistRecord(
        npi=npi,
        given_name=row["given_name"][:80],
        family_name=row["family_name"][:80],
        credentials=row["credentials"][:60],
        provenance=provenance("therapist", source=SOURCE, source_id=npi, verified_on=verified_on),
        line=row.line,
        time_zone=time_zone,
        accepting=truth(row["accepting"], "accepting"),
        pronouns=row["pronouns"][:40] or None,
        about=row["about"] or None,
        couples_training=row["couples_training"][:200] or None,
        removed_on=words.day(row["removed_on"], "removed_on"),
        licences=licences,
        locations=locations or None,
        services=tuple(_services(row, verified_on, has_place=bool(locations))) if row["services"] else None,
        traits=tuple(_traits(row, verified_on)) if any(row[column] for column in TRAITS) else None,
        contracts=facts.contracts(row["networks"], states, npi, verified_on) if row["networks"] else None,
    )
    return Taken(therapist, _diary(row, time_zone))


def _time_zone(row: Row, locations: tuple[LocationRecord, ...], licences: tuple[LicenceRecord, ...]) -> str | None:
    """Return the zone that a row states, else that of its first place or licence."""
    told = row["time_zone"]
    if told:
        zone = CLOCKS.get(told.casefold().removesuffix(" time"), told)
        if zone not in ZONES:
            raise RowRefused(_("“{zone}” is no time zone, such as Eastern or America/New_York.").format(zone=told[:40]))
        return zone
    where = [place.jurisdiction for place in locations] + [licence.jurisdiction for licence in licences]
    return vocabulary.TIME_ZONES[where[0]] if where else None


def _locations(row: Row, verified_on: date) -> Iterator[LocationRecord]:
    for which in ("", "_2"):
        told = {part: row[f"{part}{which}"] for part in ("street", "city", "state", "postal_code", "phone")}
        if not any(told.values()):
            continue
        jurisdiction = places.jurisdiction(told["state"])
        if jurisdiction is None or not told["city"]:
            raise RowRefused(_("A place needs its city, its state and its postal code."))
        yield LocationRecord(
            name="",
            street=told["street"][:200],
            city=told["city"][:80],
            jurisdiction=jurisdiction,
            postal_code=words.postal_code(told["postal_code"]),
            phone=words.phone(told["phone"]),
            provenance=provenance("location", source=SOURCE, source_id=row["npi"], verified_on=verified_on),
        )


def _services(row: Row, verified_on: date, *, has_place: bool) -> Iterator[ServiceRecord]:
    video, in_person = truth(row["video"], "video"), truth(row["in_person"], "in_person")
    for kind in codes(row["services"], vocabulary.SERVICES, "services"):
        yield ServiceRecord(
            kind=kind,
            intake_minutes=number(row["intake_minutes"], "intake_minutes", MOST_MINUTES) or 60,
            session_minutes=number(row["session_minutes"], "session_minutes", MOST_MINUTES) or 50,
            ages=codes(row["ages"], vocabulary.AGES, "ages") or ("adult",),
            telehealth=True if video is None else video,
            in_person=has_place if in_person is None else in_person,
            intake_fee_cents=cents(row["intake_fee"], "intake_fee"),
            session_fee_cents=cents(row["fee"], "fee"),
            provenance=provenance("service", source=SOURCE, source_id=row["npi"], verified_on=verified_on),
        )


def _traits(row: Row, verified_on: date) -> Iterator[TraitRecord]:
    told = provenance("trait", source=SOURCE, source_id=row["npi"], verified_on=verified_on)
    for column, kind in TRAITS.items():
        for code in codes(row[column], vocabulary.TRAITS[kind], column):
            yield TraitRecord(kind, code, told)


def _diary(row: Row, time_zone: str | None) -> DiaryRecord | None:
    """Return hours and limits, which go together; None if the row tells of neither."""
    limits = {setting: number(row[column], column, MOST_CLIENTS) for column, setting in LIMITS.items()}
    settings = {setting: limit for setting, limit in limits.items() if limit is not None}
    if not row["hours"]:
        if settings:
            raise RowRefused(_("Limits are read together with hours: write the hours too, or none."))
        return None
    if time_zone is None:
        raise RowRefused(_("Hours need a time zone, a place or a licence to say by which clock they are meant."))
    return DiaryRecord(row["npi"], time_zone, hours(row["hours"]), settings)
