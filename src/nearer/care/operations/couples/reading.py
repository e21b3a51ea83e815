"""A therapist reads what was said alone, where whoever said it wants them to."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from nearer.audit import api as audit
from nearer.care.models import Aside
from nearer.care.policies import check_theirs
from nearer.care.rules import couples
from nearer.scheduling import api as scheduling


@transaction.atomic
def read_by_therapist(*, appointment_id: int, therapist_id: int) -> Mapping[int, str]:
    """Return, by booking, what those said alone who want their therapist to read it before they meet.

    Who said nothing and who wants nobody to read it can't be told apart. Before both agreed to the time, and once it
    took place or was called off, there is nothing to read.

    That it was looked for is written in the audit, the same line whatever there was: it tells nobody who said what,
    or who allowed it.

    :raises AppointmentUnknown: this therapist has no such appointment.
    """
    card = scheduling.appointment(appointment_id)
    check_theirs(card, therapist_id)
    if card.service != "couples" or card.status != "confirmed":
        return {}
    audit.record(
        actor=f"therapist:{therapist_id}", action="read what was said alone", subject=f"appointment:{appointment_id}"
    )
    rows = Aside.objects.filter(booking__appointment_id=appointment_id).order_by("booking__place")
    said = {row.booking_id: couples.from_kept(row.said) for row in rows}
    return {booking_id: each.answer for booking_id, each in said.items() if each.may_read}
