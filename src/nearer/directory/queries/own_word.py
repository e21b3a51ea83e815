"""What is held of one therapist, for themselves, and what waits for a check: a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import QuerySet

from nearer.directory import rules
from nearer.directory.models import Contract, Licence, Network, Statement
from nearer.directory.policies.own_word import not_yours
from nearer.directory.queries.profiles import whole_profiles
from nearer.directory.records import HeldFact, NetworkCard, OwnFacts, Profile, StatementCard

_Key = tuple[object, ...]


def own_facts(therapist_id: int, on: date) -> OwnFacts:
    """Return all that is held of one therapist, whether it stands on a day or not. Four queries.

    :raises NotYours: there is no such therapist.
    """
    profile = whole_profiles([therapist_id]).get(therapist_id)
    if profile is None:
        raise not_yours()
    waiting = _cards(Statement.objects.filter(therapist_id=therapist_id, settled_at__isnull=True))
    since = {_key(said): said.said_at for said in waiting}
    licences = Licence.objects.filter(therapist_id=therapist_id).order_by("jurisdiction", "kind", "number")
    contracts = Contract.objects.filter(therapist_id=therapist_id).select_related("network__payer")
    in_order = contracts.order_by("network__name", "jurisdiction", "starts_on")
    return OwnFacts(
        profile=profile,
        licences=tuple(_licence(row, on, since) for row in licences),
        contracts=tuple(_contract(row, on, since) for row in in_order),
        waiting=waiting,
        own_until=min(_own_days(profile)),
    )


def statements_waiting(limit: int = 200) -> tuple[StatementCard, ...]:
    """Return what therapists said of licences and contracts and nobody has checked yet, the oldest first. One query."""
    return _cards(Statement.objects.filter(settled_at__isnull=True).order_by("said_at", "id")[:limit])


def network_choices() -> tuple[NetworkCard, ...]:
    """Return every network by payer and name. One query."""
    rows = Network.objects.order_by("payer__name", "name", "id").values_list("id", "name", "payer__name")
    return tuple(NetworkCard(*row) for row in rows)


def _own_days(profile: Profile) -> Iterable[date]:
    yield profile.expires_on
    for facts in (profile.services, profile.locations, profile.traits):
        yield from (fact.expires_on for fact in facts)


def _cards(rows: QuerySet[Statement]) -> tuple[StatementCard, ...]:
    found = rows.select_related("therapist", "network__payer")
    return tuple(
        StatementCard(
            id=row.pk,
            therapist_id=row.therapist_id,
            npi=row.therapist.npi,
            name=str(row.therapist),
            part=row.part,
            is_so=row.is_so,
            jurisdiction=row.jurisdiction,
            kind=row.kind,
            number=row.number,
            network=row.network.name if row.network else "",
            payer=row.network.payer.name if row.network else "",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            said_at=row.said_at,
        )
        for row in found
    )


def _key(said: StatementCard) -> _Key:
    return (said.part, said.jurisdiction, said.kind, said.number, said.network, said.starts_on)


def _licence(row: Licence, on: date, since: Mapping[_Key, datetime]) -> HeldFact:
    return HeldFact(
        id=row.pk,
        part="licence",
        jurisdiction=row.jurisdiction,
        kind=row.kind,
        number=row.number,
        status=row.status,
        network="",
        payer="",
        starts_on=None,
        ends_on=None,
        source=row.source,
        verified_on=row.verified_on,
        expires_on=row.expires_on,
        stands=row.status == Licence.Status.ACTIVE and rules.holds(row, on),
        waiting_since=since.get(("licence", row.jurisdiction, row.kind, row.number, "", None)),
    )


def _contract(row: Contract, on: date, since: Mapping[_Key, datetime]) -> HeldFact:
    network = row.network
    return HeldFact(
        id=row.pk,
        part="contract",
        jurisdiction=row.jurisdiction,
        kind="",
        number="",
        status="",
        network=network.name,
        payer=network.payer.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        source=row.source,
        verified_on=row.verified_on,
        expires_on=row.expires_on,
        stands=rules.runs(row.starts_on, row.ends_on, on) and rules.holds(row, on),
        waiting_since=since.get(("contract", row.jurisdiction, "", "", network.name, row.starts_on)),
    )
