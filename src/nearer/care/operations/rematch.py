"""Looking again after a fit that wasn't."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from nearer.audit import api as audit
from nearer.care.models import Booking, Rematch
from nearer.care.operations.booking import cancel
from nearer.care.operations.holding import locked
from nearer.care.policies import check_may_look_again
from nearer.care.queries.after import following
from nearer.care.queries.booking import card_of
from nearer.care.queries.rematch import upcoming
from nearer.care.rules.answers import Answers
from nearer.care.rules.rematch import learnt


@transaction.atomic
def look_again(  # noqa: PLR0913 - what is said, and what is to end
    *,
    booking_id: int,
    reasons: Collection[str],
    note: str,
    cancelled: Sequence[int],
    site: str,
    now: datetime,
) -> Answers:
    """Write down that it wasn't the right fit, cancel the times that were ticked, and return the search that follows.

    Nothing is owed for looking again; what follows from cancelling is what was agreed. A note waits, sealed, for the
    next therapist. What was ticked goes into the search alone, and into this row, sealed.

    :raises NotAllowed: the booking was never confirmed, or a time that was ticked can't be cancelled any more.
    """
    row = locked(booking_id)
    card = card_of(row, now)
    check_may_look_again(card)
    theirs = {each.booking_id for each in upcoming(card, now)}
    for each in sorted(set(cancelled) & theirs):
        cancel(booking_id=each, site=site, now=now)
    _keep(row, reasons, note, now)
    return following(card, learnt(card.answers, reasons, modality=card.appointment.modality))


def _keep(row: Booking, reasons: Collection[str], note: str, now: datetime) -> None:
    """Keep what was said; a note that no therapist has yet is replaced by a newer one."""
    kept = Rematch.objects.filter(booking=row, next_booking=None).first() or Rematch(booking=row)
    kept.made_at = now
    kept.reasons, kept.note = json.dumps(sorted(reasons)), note.strip() or kept.note
    kept.save()
    audit.record(actor=f"client:{row.client_id}", action="looked again", subject=f"booking:{row.pk}")
