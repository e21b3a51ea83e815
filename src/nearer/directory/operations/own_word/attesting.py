"""Still true? One click for everything that a therapist may answer for, and a word on what others check."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from nearer.directory.models import Contract, Licence, Location, Service, Trait
from nearer.directory.operations.own_word.declaring import say_contract, say_licence
from nearer.directory.operations.own_word.rows import day_of, locked, note
from nearer.directory.rules.own_word import GOOD_FOR, THERAPIST, renewed


@transaction.atomic
def attest(*, therapist_id: int, now: datetime) -> int:
    """Let a therapist say that all that is held of them is still so. Twice is once.

    What they answer for themselves (who they are, services, places, traits) holds for ninety days from today, never
    shorter than before. Licences and contracts wait for someone who can check them, and hold as long as they did.
    Returns how many of those wait now that did not before.

    :raises NotYours: there is no such therapist.
    """
    row, today = locked(therapist_id), day_of(now)
    row.source, row.source_id, row.verified_on = THERAPIST, str(therapist_id), today
    row.expires_on = renewed(row.expires_on, today)
    row.save(update_fields=["source", "source_id", "verified_on", "expires_on"])
    for facts in (Service.objects, Location.objects, Trait.objects):
        facts.filter(therapist_id=therapist_id).update(
            source=THERAPIST,
            source_id=str(therapist_id),
            verified_on=today,
            expires_on=Greatest(F("expires_on"), Value(today + GOOD_FOR)),
        )
    said = [say_licence(each, is_so=True, now=now) for each in Licence.objects.filter(therapist_id=therapist_id)]
    said += [say_contract(each, is_so=True, now=now) for each in Contract.objects.filter(therapist_id=therapist_id)]
    note(therapist_id, "said that all is still true", waiting=sum(said))
    return sum(said)
