"""Holding an opening for a quarter of an hour, and letting go of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from nearer.audit import api as audit
from nearer.foundation.ids import new_id
from nearer.foundation.timerange import TimeRange
from nearer.scheduling.models import Appointment
from nearer.scheduling.operations.turns import clash_means_taken, locked, take_turn
from nearer.scheduling.policies import KeyUsed, Refused, check_may_become, check_open, check_taking
from nearer.scheduling.queries import card_of
from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.rules.openings import widened
from nearer.scheduling.rules.states import HELD, RELEASED

# Written by hand: a hold lasts in the database's time, and this is the one insert that is in a hurry.
_INSERT = """
INSERT INTO scheduling_appointment (id, therapist_id, service, modality, location_id, session, during, is_intake,
                                    status, hold_key, hold_expires_at, created_at, cancelled_by, sequence)
VALUES (%s, %s, %s, %s, %s, tstzrange(%s, %s), tstzrange(%s, %s), true, 'held', %s,
        clock_timestamp() + INTERVAL '15 minutes', %s, '', 0)
ON CONFLICT (hold_key) DO NOTHING RETURNING hold_expires_at
"""


@clash_means_taken
@transaction.atomic
def hold(  # noqa: PLR0913 - an opening is all of these
    *,
    therapist_id: int,
    service: str,
    modality: str,
    location_id: int | None,
    start: datetime,
    length: timedelta,
    client_zone: str,
    key: str,
    now: datetime,
) -> AppointmentCard:
    """Take an opening for 15 minutes of the database's time. The same key twice is one hold and the same answer.

    The opening is derived again from the diary, within the therapist's turn. A key is good for another
    hold once its first was released.

    :raises OpeningTaken: it is no opening (any more); KeyUsed if the key stands for another one.
    :raises NotTaking: the therapist is paused, or a limit is reached.
    """
    session = TimeRange.lasting(start, length)
    card = AppointmentCard(
        new_id(), therapist_id, service, modality, location_id, session, HELD, True, None, 0, None, None, ""
    )
    pages = take_turn(therapist_id)
    try:
        check_taking(pages, session, now=now)
        check_open(pages, session, client_zone=client_zone, now=now)
    except Refused:
        if (held := _held_before(card, key=key)) is not None:
            return held
        raise
    expires_at = _insert(card, during=widened(session, pages.settings), key=key, now=now)
    if expires_at is None and (held := _held_before(card, key=key)) is not None:
        return held
    audit.record(
        actor="visitor", action="hold", subject=f"appointment:{card.id}", detail={"start": session.start.isoformat()}
    )
    return replace(card, hold_expires_at=expires_at)


def _insert(card: AppointmentCard, *, during: TimeRange, key: str, now: datetime) -> datetime | None:
    """Write the hold and return until when it lasts; None where the key is in use."""
    session = card.session
    where = [card.id, card.therapist_id, card.service, card.modality, card.location_id]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [*where, session.start, session.end, during.start, during.end, key, now])
        row = cursor.fetchone()
    return None if row is None else row[0]


def _held_before(card: AppointmentCard, *, key: str) -> AppointmentCard | None:
    """Return what this key already holds, if anything.

    :raises KeyUsed: it holds something else than this.
    """
    row = Appointment.objects.filter(hold_key=key).first()
    if row is None:
        return None
    held = card_of(row)
    if (held.therapist_id, held.service, held.session) != (card.therapist_id, card.service, card.session):
        raise KeyUsed(_("This page was already used to hold another time. Please start again from the openings."))
    return held


@clash_means_taken
@transaction.atomic
def release(*, appointment_id: int, now: datetime) -> None:
    """Let go of a hold at once. Releasing twice is releasing.

    :raises NotAllowed: it is no hold any more.
    :raises AppointmentUnknown: there is no such appointment.
    """
    row = locked(appointment_id)
    if row.status == RELEASED:
        return
    check_may_become(row.status, RELEASED)
    Appointment.objects.filter(id=row.id).update(
        status=RELEASED, hold_expires_at=None, ended_at=now, hold_key=f"released {row.id}"
    )
    audit.record(actor="visitor", action="release", subject=f"appointment:{row.id}")


def expire_holds() -> int:
    """Release every hold whose time is over by the database's clock, one therapist's turn at a time.

    Returns for how many therapists. Bookings do the same for themselves; this tells those who only look.
    """
    overdue = Appointment.objects.filter(status=HELD, hold_expires_at__lte=Now())
    therapist_ids = sorted(set(overdue.values_list("therapist_id", flat=True)))
    for therapist_id in therapist_ids:
        with transaction.atomic():
            take_turn(therapist_id)
    return len(therapist_ids)
