"""Further appointments of clients whom the therapist knows, and holds that wait for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import DateTimeField, Value
from django.db.models.functions import Now

from nearer.audit import api as audit
from nearer.foundation.timerange import TimeRange
from nearer.scheduling.models import Appointment
from nearer.scheduling.operations.appointments import put_down
from nearer.scheduling.operations.holding import Asked, DiaryChanged, held_before
from nearer.scheduling.operations.turns import clash_means_taken, locked, take_turn
from nearer.scheduling.policies import (
    OpeningTaken,
    check_may_wait,
    check_open,
    hold_expired,
    key_used,
    taken_sentence,
)
from nearer.scheduling.queries import appointment
from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.rules.openings import as_for_known, widened
from nearer.scheduling.rules.states import CONFIRMED, HELD, OPERATOR

ONE_PER_KEY = "one_booking_per_key"


@clash_means_taken
@transaction.atomic
def keep(*, appointment_id: int, until: datetime, now: datetime) -> AppointmentCard:
    """Let a hold last until then, not a quarter of an hour: somebody else has to agree first.

    It never lasts beyond the start of its session. Keeping twice is keeping until what was said last.

    :raises HoldExpired: the hold is over by the database's clock, was released, or `until` is past.
    :raises NotAllowed: it is no hold any more.
    :raises AppointmentUnknown: there is no such appointment.
    """
    row = locked(appointment_id)
    check_may_wait(row.status)
    lasts = min(until, row.session.lower)
    before_it_ends = Appointment.objects.filter(id=row.id, hold_expires_at__gt=Now())
    if not before_it_ends.alias(lasts=_moment(lasts)).filter(lasts__gt=Now()).update(hold_expires_at=lasts):
        raise hold_expired()
    audit.record(
        actor="visitor",
        action="keep",
        subject=f"appointment:{row.id}",
        detail={"at": now.isoformat(), "until": lasts.isoformat()},
    )
    return appointment(row.id)


@clash_means_taken
@transaction.atomic
def arrange(  # noqa: PLR0913 - an appointment is all of these
    *,
    therapist_id: int,
    service: str,
    modality: str,
    location_id: int | None,
    start: datetime,
    length: timedelta,
    client_zone: str,
    client_ids: Sequence[int],
    key: str,
    now: datetime,
    until: datetime | None = None,
) -> AppointmentCard:
    """Give clients whom the therapist knows a further appointment: confirmed at once, or held until `until`.

    It is no intake: limits on new clients and pauses do not count, and it may lie further ahead. All else is as for
    a hold: the opening is derived again in the therapist's turn, the same key twice is one appointment.

    :raises OpeningTaken: it is no opening; KeyUsed if the key stands for another one; ClientBusy if one is busy then.
    :raises NotTaking: the therapist has no diary.
    :raises HoldExpired: `until` is past.
    """
    session = TimeRange.lasting(start, length)
    asked = Asked(therapist_id, service, modality, location_id, session, client_zone, key)
    pages = take_turn(therapist_id)
    if (before := _before(asked)) is not None:
        return before
    check_open(as_for_known(pages), session, client_zone=client_zone, now=now)
    row = _insert(asked, during=widened(session, pages.settings), until=until, now=now)
    for client_id in sorted(set(client_ids)):
        put_down(row, client_id)
    actor = f"client:{min(client_ids)}" if client_ids else OPERATOR
    detail = {"start": session.start.isoformat()}
    audit.record(actor=actor, action="arrange", subject=f"appointment:{row.id}", detail=detail)
    return appointment(row.id)


def _before(asked: Asked) -> AppointmentCard | None:
    try:
        return held_before(asked, is_intake=False)
    except DiaryChanged:  # its hold ended between the turn and this look
        raise OpeningTaken(taken_sentence()) from None


def _insert(asked: Asked, *, during: TimeRange, until: datetime | None, now: datetime) -> Appointment:
    """Write the appointment.

    :raises KeyUsed: at this moment the key became another therapist's.
    :raises HoldExpired: it would be over by the database's clock before it began.
    """
    lasts = None if until is None else min(until, asked.session.start)
    row = Appointment(
        therapist_id=asked.therapist_id,
        service=asked.service,
        modality=asked.modality,
        location_id=asked.location_id,
        session=DateTimeTZRange(asked.session.start, asked.session.end, "[)"),
        during=DateTimeTZRange(during.start, during.end, "[)"),
        is_intake=False,
        status=CONFIRMED if lasts is None else HELD,
        hold_key=asked.key,
        hold_expires_at=lasts,
        created_at=now,
        confirmed_at=now if lasts is None else None,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if ONE_PER_KEY in str(error):
            raise key_used() from error
        raise
    if Appointment.objects.filter(id=row.id, hold_expires_at__lte=Now()).exists():
        raise hold_expired()
    return row


def _moment(moment: datetime) -> Value:
    return Value(moment, output_field=DateTimeField())
