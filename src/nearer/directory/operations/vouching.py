"""An operator looked something up, and says so: by which source, and how long it holds."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import F, Model, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from nearer.audit.api import record
from nearer.directory.models import Contract, Licence, Location, Service, Therapist, Trait
from nearer.directory.queries import TherapistUnknown
from nearer.directory.rules import VOUCHED_FOR, vouched_until

#: How a source is named that an operator asked: `operator: state board`.
OPERATOR = "operator"


@transaction.atomic
def vouch(  # noqa: PLR0913 - what was checked, by whom and how
    *, therapist_id: int, part: str, source: str, actor: str, now: datetime, until: date | None = None
) -> int:
    """Date the facts of one part as checked today by a source that the operator asked, and return how many they are.

    A licence that is suspended or expired stays so. What holds longer already is not cut short, but where `until`
    says so.

    :param part: `therapist`, `licence`, `location`, `service`, `trait` or `contract`.
    :param source: whom the operator asked, such as "state board"; kept with the fact.
    :param until: the last day on which it holds, if the source says one.
    :raises TherapistUnknown: there is no such therapist.
    :raises KeyError: there is no such part.
    """
    row = Therapist.objects.select_for_update(no_key=True).filter(pk=therapist_id).first()
    if row is None:
        raise TherapistUnknown(_("No therapist with this number is listed."))
    today = now.astimezone(UTC).date()
    longest = Value(today + VOUCHED_FOR[part])
    changed = _facts(therapist_id, part).update(
        source=f"{OPERATOR}: {source}"[:60],
        source_id=actor,
        verified_on=today,
        expires_on=Greatest(F("expires_on"), longest) if until is None else vouched_until(until, today),
    )
    record(actor=actor, action=f"vouched for {part}", subject=f"therapist:{therapist_id}", detail={"count": changed})
    return int(changed)


def _facts(therapist_id: int, part: str) -> QuerySet[Model]:
    of_theirs = {
        "therapist": Therapist.objects.filter(pk=therapist_id),
        "licence": Licence.objects.filter(therapist_id=therapist_id, status=Licence.Status.ACTIVE),
        "location": Location.objects.filter(therapist_id=therapist_id),
        "service": Service.objects.filter(therapist_id=therapist_id),
        "trait": Trait.objects.filter(therapist_id=therapist_id),
        "contract": Contract.objects.filter(therapist_id=therapist_id),
    }
    return of_theirs[part]
