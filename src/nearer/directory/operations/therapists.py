"""Bringing therapists and the facts about them to what a source says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from nearer.directory import vocabulary
from nearer.directory.models import Therapist
from nearer.directory.operations import tables
from nearer.directory.operations.outcome import Outcome
from nearer.directory.operations.panels import NetworkIds
from nearer.directory.records import ContractRecord, ServiceRecord, TherapistRecord
from nearer.directory.rules import Changes, Said, merge, merged_therapist
from nearer.directory.rules.own_word import key_text

_COLUMNS = (
    "npi",
    "given_name",
    "family_name",
    "credentials",
    "pronouns",
    "about",
    "time_zone",
    "accepting",
    "couples_training",
    "is_demonstration",
    "source",
    "source_id",
    "verified_on",
    "expires_on",
    "removed_on",
)
_dates = attrgetter("source", "source_id", "verified_on", "expires_on")

Held = Mapping[str, tuple[int, dict[str, Any]]]


def put_therapists(records: Sequence[TherapistRecord], networks: NetworkIds) -> Outcome:
    """Write what these records change; each NPI stands in them once."""
    held = _held([record.npi for record in records])
    known = [record for record in records if record.npi in held or record.removed_on is None]
    changed = _put_own(known, held)
    ids = dict(Therapist.objects.filter(npi__in=[record.npi for record in known]).values_list("npi", "id"))
    for table in tables.FACTS:
        changed |= _put_facts(table, known, ids, networks)
    outcome = Outcome(unchanged=len(records) - len(known))
    for record in known:
        outcome.count(added=record.npi not in held, changed=record.npi in changed)
    return outcome


def _held(npis: Sequence[str]) -> Held:
    """Return the therapists that are held, locked against other writers in the order of their ids."""
    rows = Therapist.objects.filter(npi__in=npis).order_by("id").select_for_update(no_key=True)
    return {row[1]: (row[0], dict(zip(_COLUMNS, row[1:], strict=True))) for row in rows.values_list("id", *_COLUMNS)}


def _put_own(records: Sequence[TherapistRecord], held: Held) -> set[str]:
    """Write the therapists' own columns and return the NPIs of those that changed."""
    new, changed = [], {}
    for record in records:
        if record.npi not in held:
            new.append(merged_therapist(None, replace(record, time_zone=_time_zone(record))))
            continue
        id_, before = held[record.npi]
        after = merged_therapist(before, record)
        if after != before:
            changed[record.npi] = (id_, [after[name] for name in _COLUMNS])
    tables.insert("directory_therapist", (*_COLUMNS, "version"), [[*(row[n] for n in _COLUMNS), 0] for row in new])
    tables.update("directory_therapist", _COLUMNS, changed.values())
    return set(changed)


def _put_facts(
    table: tables.FactTable, records: Sequence[TherapistRecord], ids: Mapping[str, int], networks: NetworkIds
) -> set[str]:
    """Write one kind of facts and return the NPIs of those about whom something changed."""
    speaking = [record for record in records if getattr(record, table.part) is not None]
    therapist_ids = [ids[record.npi] for record in speaking]
    held, withdrawn = tables.held(table, therapist_ids), tables.withdrawn(table, therapist_ids)
    total, changed = Changes(), set()
    for record in speaking:
        therapist_id = ids[record.npi]
        gone = withdrawn.get(therapist_id, {})
        said = [each for each in _said(table, therapist_id, record, networks) if not _outdone(each, gone)]
        changes = merge(held.get(therapist_id, {}), said, record.provenance.source)
        if changes:
            changed.add(record.npi)
            total.include(changes)
    tables.write(table, total)
    return changed


def _outdone(said: Said[tuple[Any, ...]], gone: Mapping[str, date]) -> bool:
    """Say whether the therapist withdrew this fact on the day of its check or later."""
    key, _, provenance = said
    on = gone.get(key_text(key)) if gone else None
    return on is not None and provenance.verified_on <= on


def _said(
    table: tables.FactTable, therapist_id: int, record: TherapistRecord, networks: NetworkIds
) -> Iterator[Said[tuple[Any, ...]]]:
    """Yield each fact as what names it, its row in the order of the table's columns, and its provenance."""
    values_of = _VALUES[table.part]
    for fact in getattr(record, table.part):
        values = values_of(fact, networks)
        row = (therapist_id, *values, *_dates(fact.provenance))
        yield values[: table.key], row, fact.provenance


def _time_zone(record: TherapistRecord) -> str:
    """Return the stated zone, or else that of the first place or licence."""
    places = [place.jurisdiction for place in record.locations or ()]
    places += [licence.jurisdiction for licence in record.licences or ()]
    return record.time_zone or (vocabulary.TIME_ZONES[places[0]] if places else "UTC")


def _plain(*names: str) -> Callable[[Any, NetworkIds], tuple[Any, ...]]:
    getter = attrgetter(*names)
    return lambda fact, _networks: getter(fact)


def _service(fact: ServiceRecord, _networks: NetworkIds) -> tuple[Any, ...]:
    fees = (fact.intake_fee_cents, fact.session_fee_cents)
    lengths = (fact.intake_minutes, fact.session_minutes)
    return (fact.kind, *lengths, list(fact.ages), fact.telehealth, fact.in_person, *fees)


def _contract(fact: ContractRecord, networks: NetworkIds) -> tuple[Any, ...]:
    return (networks[fact.payer, fact.network], fact.jurisdiction, fact.starts_on, fact.ends_on)


_VALUES: Mapping[str, Callable[[Any, NetworkIds], tuple[Any, ...]]] = {
    "licences": _plain("jurisdiction", "kind", "number", "status"),
    "locations": _plain("street", "city", "jurisdiction", "postal_code", "name", "phone"),
    "services": _service,
    "traits": _plain("kind", "code"),
    "contracts": _contract,
}
