"""What a therapist does with an appointment of theirs: call it off, ask for another time, say how it went."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from nearer.audit import api as audit
from nearer.care.models import Booking, Proposal
from nearer.care.operations import letters, messages
from nearer.care.operations.agreeing import consequence, settle
from nearer.care.operations.proposals import withdraw_open
from nearer.care.policies import check_may_ask, check_reason, check_theirs, check_waited
from nearer.care.queries.booking import card_of
from nearer.care.queries.terms import earlier_lapses, policy_for
from nearer.care.rules.policy import THERAPIST, let_off, what_if_missed
from nearer.foundation.ids import new_id
from nearer.scheduling import api as scheduling


@transaction.atomic
def cancel_by_therapist(*, appointment_id: int, therapist_id: int, site: str, now: datetime) -> None:
    """Call an appointment off. Each client gets a message whose link offers other times and other people at once.

    Nothing is ever owed for it, and the time leaves the therapist's hours: nobody else is offered it. Twice is once.

    :raises NotAllowed: it is not confirmed, or has begun.
    :raises AppointmentUnknown: this therapist has no such appointment.
    """
    rows, before = _theirs(appointment_id, therapist_id)
    if before.status == "cancelled":
        return
    scheduling.cancel(appointment_id=appointment_id, by=THERAPIST, now=now)
    scheduling.leave_out(therapist_id=therapist_id, period=before.session, now=now)
    for row in rows:
        withdraw_open(row, now=now)
        settle(row, consequence(row, before, by=THERAPIST, now=now), now=now)
        _record(therapist_id, "cancelled", row)
        card = card_of(row, now)
        messages.forget_reminders(card)
        letters.cancelled_by_therapist(card, site=site, now=now)


@transaction.atomic
def move_by_therapist(*, appointment_id: int, therapist_id: int, start: datetime, site: str, now: datetime) -> None:
    """Ask the client for another time. It is held until they answer; the time they have stays theirs unless they agree.

    A proposal made before is withdrawn. The same start twice is one proposal.

    :raises OpeningTaken: the new time is no opening.
    :raises NotAllowed: it is not confirmed, has begun, or belongs to two people.
    :raises AppointmentUnknown: this therapist has no such appointment.
    """
    rows, card = _theirs(appointment_id, therapist_id)
    check_may_ask(card, people=len(rows), now=now)
    row = rows[0]
    standing = Proposal.objects.filter(booking=row, answer="", until__gt=now).select_related("hold").first()
    if standing is not None and standing.hold.session.lower == start:
        return
    withdraw_open(row, now=now)
    until = min(now + timedelta(hours=policy_for(row.pk).therapist.answer_hours), card.session.start, start)
    held = scheduling.arrange(
        therapist_id=therapist_id,
        service=card.service,
        modality=card.modality,
        location_id=card.location_id,
        start=start,
        length=card.session.length,
        client_zone=row.time_zone,
        client_ids=(),
        key=f"proposal {new_id():x}",
        now=now,
        until=until,
    )
    Proposal.objects.create(booking=row, hold_id=held.id, until=until, made_at=now)
    _record(therapist_id, "asked to move", row)
    letters.asked_to_move(card_of(row, now), held.session, until, site=site, now=now)


@transaction.atomic
def complete(*, appointment_id: int, therapist_id: int, now: datetime) -> None:
    """Say that a session took place. Twice is once.

    :raises NotAllowed: it has not begun, or was not confirmed.
    :raises AppointmentUnknown: this therapist has no such appointment.
    """
    _theirs(appointment_id, therapist_id)
    scheduling.complete(appointment_id=appointment_id, now=now)


@transaction.atomic
def miss(*, appointment_id: int, therapist_id: int, now: datetime, let_go: str = "") -> None:
    """Say that nobody came, with what the agreed policy says of it; `let_go` is a reason to ask for nothing.

    Only once the wait is over that was agreed. Twice is once: the first word on what is owed stands.

    :raises NotAllowed: it has not begun, the agreed wait is not over, or it was not confirmed.
    :raises AppointmentUnknown: this therapist has no such appointment.
    """
    rows, card = _theirs(appointment_id, therapist_id)
    for row in rows:
        agreed = policy_for(row.pk)
        check_waited(card.session, minutes=agreed.lateness.client_minutes, now=now)
        check_reason(let_go, agreed)
        found = what_if_missed(agreed, card.session, earlier=earlier_lapses(row.client_id), booked_at=card.confirmed_at)
        settle(row, let_off(found, agreed, let_go), now=now)
    scheduling.miss(appointment_id=appointment_id, now=now)


def _theirs(appointment_id: int, therapist_id: int) -> tuple[list[Booking], scheduling.AppointmentCard]:
    """Return the bookings of a therapist's appointment, that nobody else changes until the end.

    :raises AppointmentUnknown: it is not theirs.
    """
    rows = Booking.objects.select_for_update().filter(appointment_id=appointment_id).order_by("place")
    locked = list(rows)
    card = scheduling.appointment(appointment_id)
    check_theirs(card, therapist_id)
    return locked, card


def _record(therapist_id: int, action: str, row: Booking) -> None:
    audit.record(actor=f"therapist:{therapist_id}", action=action, subject=f"booking:{row.pk}")
