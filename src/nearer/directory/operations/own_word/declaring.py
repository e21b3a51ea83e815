"""A therapist's word on licences and contracts: a yes waits for a check, a no counts at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.forms.models import model_to_dict

from nearer.directory.models import Contract, Licence, Network, Statement
from nearer.directory.operations.own_word.rows import day_of, locked, note, own_provenance, readmit, withdraw
from nearer.directory.policies.own_word import check_days, check_licence, not_yours
from nearer.directory.rules.own_word import THERAPIST

LICENCE, CONTRACT = Statement.Part.LICENCE, Statement.Part.CONTRACT


@transaction.atomic
def declare_licence(*, therapist_id: int, jurisdiction: str, kind: str, number: str, now: datetime) -> None:
    """Say that one holds a licence. It is kept as not verified, supports no match, and waits for a check.

    :raises StatementWrong: nobody could look it up.
    :raises NotYours: there is no such therapist.
    """
    check_licence(jurisdiction=jurisdiction, kind=kind, number=number)
    locked(therapist_id)
    row, _ = Licence.objects.get_or_create(
        therapist_id=therapist_id,
        jurisdiction=jurisdiction,
        kind=kind,
        number=number.strip(),
        defaults={"status": Licence.Status.UNVERIFIED, **own_provenance(therapist_id, day_of(now))},
    )
    readmit(therapist_id, "licences", [(jurisdiction, kind, row.number)])
    say_licence(row, is_so=True, now=now)
    note(therapist_id, "declared a licence", jurisdiction=jurisdiction)


@transaction.atomic
def declare_contract(  # noqa: PLR0913 - a contract has this many parts
    *, therapist_id: int, network_id: int, jurisdiction: str, starts_on: date, ends_on: date | None, now: datetime
) -> None:
    """Say that one is in a network. Nothing is shown of it until somebody who can check it has.

    :raises StatementWrong: it ends before it starts.
    :raises NotYours: there is no such therapist, or no such network.
    """
    check_days(starts_on, ends_on)
    locked(therapist_id)
    if not Network.objects.filter(id=network_id).exists():
        raise not_yours()
    named = {"network_id": network_id, "jurisdiction": jurisdiction, "starts_on": starts_on}
    _say(therapist_id, CONTRACT, is_so=True, now=now, ends_on=ends_on, **named)
    note(therapist_id, "declared a contract", jurisdiction=jurisdiction)


@transaction.atomic
def affirm(*, therapist_id: int, part: str, fact_id: int, now: datetime) -> None:
    """Say that one licence or contract is still so. It holds as long as it did, until someone has checked.

    :raises NotYours: it is none of this therapist's.
    """
    locked(therapist_id)
    row = _own(therapist_id, part, fact_id)
    said = say_licence(row, is_so=True, now=now) if isinstance(row, Licence) else say_contract(row, is_so=True, now=now)
    if said:
        note(therapist_id, f"said that a {part} is still so")


@transaction.atomic
def deny(*, therapist_id: int, part: str, fact_id: int, now: datetime) -> int:
    """Say that one licence or contract is no more: nobody is matched by it from now on. Booked sessions stay.

    Returns the statement, by which it can be taken back until somebody has seen it.

    :raises NotYours: it is none of this therapist's.
    """
    locked(therapist_id)
    row = _own(therapist_id, part, fact_id)
    was: dict[str, Any] = {**model_to_dict(row, exclude=["id", "therapist"])}
    was |= {name: each.isoformat() for name, each in was.items() if isinstance(each, date)}
    _waiting(row).delete()
    statement = Statement.objects.create(
        therapist_id=therapist_id, part=part, is_so=False, said_at=now, was=was, **_named(row)
    )
    row.delete()
    withdraw(therapist_id, f"{part}s", [_key(row)], day_of(now))
    note(therapist_id, f"said that a {part} is no more", jurisdiction=row.jurisdiction)
    return statement.pk


@transaction.atomic
def take_back(*, therapist_id: int, statement_id: int, now: datetime) -> None:
    """Let what was said of a licence or contract be as if it had not been said; what was withdrawn is back.

    :raises NotYours: it is none of this therapist's, or it is settled.
    """
    locked(therapist_id)
    mine = Statement.objects.select_for_update().filter(therapist_id=therapist_id, settled_at__isnull=True)
    said = mine.filter(id=statement_id).first()
    if said is None:
        raise not_yours()
    if said.was is not None:
        _restore(said)
    elif said.part == LICENCE:
        _own_unverified(said).delete()
    said.settled_at, said.outcome, said.settled_by = now, Statement.Outcome.TAKEN_BACK, f"therapist:{therapist_id}"
    said.save(update_fields=["settled_at", "outcome", "settled_by"])
    note(therapist_id, f"took back a word on a {said.part}")


def say_licence(row: Licence, *, is_so: bool, now: datetime) -> bool:
    """Leave a therapist's word on a licence for someone to check; say whether it was not waiting already."""
    return _say(row.therapist_id, LICENCE, is_so=is_so, now=now, **_named(row))


def say_contract(row: Contract, *, is_so: bool, now: datetime) -> bool:
    """Leave a therapist's word on a contract for someone to check; say whether it was not waiting already."""
    return _say(row.therapist_id, CONTRACT, is_so=is_so, now=now, ends_on=row.ends_on, **_named(row))


def _say(
    therapist_id: int, part: str, *, is_so: bool, now: datetime, ends_on: date | None = None, **named: Any
) -> bool:
    _, fresh = Statement.objects.get_or_create(
        therapist_id=therapist_id,
        part=part,
        settled_at=None,
        **named,
        defaults={"is_so": is_so, "said_at": now, "ends_on": ends_on},
    )
    return fresh


def _own(therapist_id: int, part: str, fact_id: int) -> Licence | Contract:
    row: Licence | Contract | None = None
    if part == LICENCE:
        row = Licence.objects.filter(therapist_id=therapist_id, id=fact_id).first()
    elif part == CONTRACT:
        row = Contract.objects.filter(therapist_id=therapist_id, id=fact_id).first()
    if row is None:
        raise not_yours()
    return row


def _named(row: Licence | Contract) -> dict[str, Any]:
    if isinstance(row, Licence):
        return {"jurisdiction": row.jurisdiction, "kind": row.kind, "number": row.number}
    return {"jurisdiction": row.jurisdiction, "network_id": row.network_id, "starts_on": row.starts_on}


def _key(row: Licence | Contract) -> tuple[object, ...]:
    if isinstance(row, Licence):
        return (row.jurisdiction, row.kind, row.number)
    return (row.network_id, row.jurisdiction, row.starts_on)


def _waiting(row: Licence | Contract) -> QuerySet[Statement]:
    part = LICENCE if isinstance(row, Licence) else CONTRACT
    return Statement.objects.filter(therapist_id=row.therapist_id, part=part, settled_at__isnull=True, **_named(row))


def _restore(said: Statement) -> None:
    assert said.was is not None
    was = dict(said.was)
    if said.part == LICENCE:
        row: Licence | Contract = Licence.objects.create(therapist_id=said.therapist_id, **was)
    else:
        was["network_id"] = was.pop("network")
        row = Contract.objects.create(therapist_id=said.therapist_id, **was)
        row.refresh_from_db()
    readmit(said.therapist_id, f"{said.part}s", [_key(row)])


def _own_unverified(said: Statement) -> QuerySet[Licence]:
    """Return the licence that is there by this word alone, if it still is."""
    return Licence.objects.filter(
        therapist_id=said.therapist_id,
        jurisdiction=said.jurisdiction,
        kind=said.kind,
        number=said.number,
        source=THERAPIST,
        status=Licence.Status.UNVERIFIED,
    )
