"""Whoever can check a licence or contract says what came of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from nearer.audit import api as audit
from nearer.directory.models import Contract, Licence, Statement
from nearer.directory.operations.own_word.rows import day_of, readmit
from nearer.directory.policies.own_word import not_yours
from nearer.directory.rules.own_word import THERAPIST

#: The source of what an operator has checked, and for how long that holds unless it ends sooner.
OPERATOR = "operator"
GOOD_FOR = {Statement.Part.LICENCE: timedelta(days=365), Statement.Part.CONTRACT: timedelta(days=90)}


@transaction.atomic
def settle(*, statement_id: int, confirmed: bool, by: str, now: datetime, until: date | None = None) -> None:
    """Say what came of a check. Confirmed, the fact stands from today, with the operator as its source.

    Refused, what was there by the therapist's word alone goes. A "no more" is only taken note of.

    :param by: who checked, such as `staff:7`.
    :param until: the last day on which it holds, if that is sooner than a year (licence) or 90 days (contract).
    :raises NotYours: there is no such statement, or it is settled.
    """
    said = Statement.objects.select_for_update().filter(id=statement_id, settled_at__isnull=True).first()
    if said is None:
        raise not_yours()
    if said.is_so and confirmed:
        _stand(said, by=by, today=day_of(now), until=until)
    elif said.is_so and said.part == Statement.Part.LICENCE:
        _licences(said).filter(source=THERAPIST, status=Licence.Status.UNVERIFIED).delete()
    outcome = Statement.Outcome.CONFIRMED if confirmed else Statement.Outcome.REFUSED
    said.settled_at, said.outcome, said.settled_by = now, outcome, by
    said.save(update_fields=["settled_at", "outcome", "settled_by"])
    action = f"{'confirmed' if confirmed else 'refused'} a {said.part}"
    audit.record(actor=by, action=action, subject=f"therapist:{said.therapist_id}")


def _stand(said: Statement, *, by: str, today: date, until: date | None) -> None:
    lasts = today + GOOD_FOR[Statement.Part(said.part)]
    provenance: dict[str, Any] = {
        "source": OPERATOR,
        "source_id": by,
        "verified_on": today,
        "expires_on": max(today, min(until or lasts, lasts)),
    }
    if said.part == Statement.Part.LICENCE:
        Licence.objects.update_or_create(
            therapist_id=said.therapist_id,
            jurisdiction=said.jurisdiction,
            kind=said.kind,
            number=said.number,
            defaults={"status": Licence.Status.ACTIVE, **provenance},
        )
        readmit(said.therapist_id, "licences", [(said.jurisdiction, said.kind, said.number)])
        return
    assert said.network_id is not None
    assert said.starts_on is not None
    Contract.objects.update_or_create(
        therapist_id=said.therapist_id,
        network_id=said.network_id,
        jurisdiction=said.jurisdiction,
        starts_on=said.starts_on,
        defaults={"ends_on": said.ends_on, **provenance},
    )
    readmit(said.therapist_id, "contracts", [(said.network_id, said.jurisdiction, said.starts_on)])


def _licences(said: Statement) -> QuerySet[Licence]:
    return Licence.objects.filter(
        therapist_id=said.therapist_id, jurisdiction=said.jurisdiction, kind=said.kind, number=said.number
    )
