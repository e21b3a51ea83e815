"""What becomes of an appointment: who attends it, and each step of the table of states."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from nearer.audit import api as audit
from nearer.outbox import api as outbox
from nearer.scheduling.models import Appointment, Attendance
from nearer.scheduling.operations.turns import acting, clash_means_taken, locked, take_client_turn
from nearer.scheduling.policies import (
    ClientBusy,
    check_has_begun,
    check_may_become,
    check_may_cancel,
    check_may_have_attendees,
    hold_expired,
)
from nearer.scheduling.queries import appointment, card_of
from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.rules.states import (
    CANCELLED,
    CLIENT,
    COMPLETED,
    CONFIRMED,
    LIVE,
    NO_SHOW,
    RELEASED,
    THERAPIST,
)


@clash_means_taken
@transaction.atomic
def attend(*, appointment_id: int, client_id: int, now: datetime) -> None:
    """Put a client down for an appointment. For a couple, one after the other, the smaller id first.

    :raises ClientBusy: they attend another appointment at that time.
    :raises HoldExpired: the hold is over.
    :raises NotAllowed: the appointment has ended.
    :raises AppointmentUnknown: there is no such appointment.
    """
    row = locked(appointment_id)
    check_may_have_attendees(row.status)
    if row.attendances.filter(client_id=client_id).exists():
        return
    put_down(row, client_id)
    audit.record(
        actor=f"client:{client_id}", action="attend", subject=f"appointment:{row.id}", detail={"at": now.isoformat()}
    )


def put_down(row: Appointment, client_id: int) -> None:
    """Write that a client attends what its therapist's turn protects, in the client's own turn.

    :raises ClientBusy: they attend another appointment at that time.
    """
    take_client_turn(client_id)
    meets = Attendance.objects.filter(client_id=client_id, status__in=LIVE, session__overlap=row.session)
    if meets.exists():
        raise ClientBusy(_("You already have an appointment at that time. Please choose another time."))
    Attendance.objects.create(appointment=row, client_id=client_id, session=row.session, status=row.status)


@clash_means_taken
@transaction.atomic
def confirm(*, appointment_id: int, now: datetime) -> AppointmentCard:
    """Make a hold an appointment. Confirming twice is one confirmation and the same answer.

    :raises HoldExpired: its time is over by the database's clock, or it was released.
    :raises NotAllowed: the appointment has ended.
    :raises AppointmentUnknown: there is no such appointment.
    """
    row = locked(appointment_id)
    if row.status == CONFIRMED:
        return card_of(row)
    if row.status == RELEASED:
        raise hold_expired()
    check_may_become(row.status, CONFIRMED, by=CLIENT)
    in_time = Appointment.objects.filter(id=row.id, hold_expires_at__gt=Now())
    if not in_time.update(status=CONFIRMED, hold_expires_at=None, confirmed_at=now):
        raise hold_expired()
    audit.record(actor=acting(row, CLIENT), action="confirm", subject=f"appointment:{row.id}")
    return appointment(row.id)


@clash_means_taken
@transaction.atomic
def cancel(*, appointment_id: int, by: str, now: datetime) -> AppointmentCard:
    """Call off a confirmed appointment that has not begun. `by` is client, therapist or operator. Twice is once.

    The key that held it is good for another hold.

    :raises NotAllowed: it is not confirmed, or has begun.
    :raises AppointmentUnknown: there is no such appointment.
    """
    row = locked(appointment_id)
    if row.status == CANCELLED:
        return card_of(row)
    check_may_cancel(card_of(row), by=by, now=now)
    freed = {"hold_key": f"cancelled {row.id}", "sequence": row.sequence + 1}
    return _end(row, CANCELLED, by=by, now=now, cancelled_by=by, **freed)


@clash_means_taken
@transaction.atomic
def complete(*, appointment_id: int, now: datetime, by: str = THERAPIST) -> AppointmentCard:
    """Say that a session took place. Only once it has begun; saying it twice is saying it.

    :raises NotAllowed: it has not begun, or was not confirmed.
    :raises AppointmentUnknown: there is no such appointment.
    """
    return _close(appointment_id, COMPLETED, by=by, now=now)


@clash_means_taken
@transaction.atomic
def miss(*, appointment_id: int, now: datetime, by: str = THERAPIST) -> AppointmentCard:
    """Say that nobody came to a session. Only once it has begun; saying it twice is saying it.

    :raises NotAllowed: it has not begun, or was not confirmed.
    :raises AppointmentUnknown: there is no such appointment.
    """
    return _close(appointment_id, NO_SHOW, by=by, now=now)


def _close(appointment_id: int, to: str, *, by: str, now: datetime) -> AppointmentCard:
    row = locked(appointment_id)
    if row.status == to:
        return card_of(row)
    check_may_become(row.status, to, by=by)
    check_has_begun(card_of(row), now=now)
    return _end(row, to, by=by, now=now)


def _end(row: Appointment, to: str, *, by: str, now: datetime, **changes: object) -> AppointmentCard:
    Appointment.objects.filter(id=row.id).update(status=to, ended_at=now, **changes)
    outbox.withdraw_about(about=f"appointment:{row.id}")
    audit.record(actor=acting(row, by), action=to, subject=f"appointment:{row.id}")
    return appointment(row.id)
