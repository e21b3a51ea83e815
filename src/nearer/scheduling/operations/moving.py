"""Moving an appointment to another opening of the same therapist."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F
from django.utils.translation import gettext as _

from nearer.audit import api as audit
from nearer.foundation.timerange import TimeRange
from nearer.outbox import api as outbox
from nearer.scheduling.models import Appointment, Move
from nearer.scheduling.operations.turns import acting, clash_means_taken, locked, take_turn
from nearer.scheduling.policies import KeyUsed, check_may_move, check_open, check_taking
from nearer.scheduling.queries import appointment, card_of
from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.rules.openings import widened, without_one
from nearer.scheduling.rules.states import CLIENT


@clash_means_taken
@transaction.atomic
def move(
    *, appointment_id: int, start: datetime, key: str, now: datetime, client_zone: str | None = None
) -> AppointmentCard:
    """Give an appointment another session of the same length. The same key twice is one move and the same answer.

    Its id and calendar UID stay, its sequence rises, and messages about the old time that wait to go out are gone.
    Its own time counts as free and a pause does not hold it.

    :raises OpeningTaken: the new time is no opening, or a client is busy then; KeyUsed if the key did another move.
    :raises NotTaking: the week of the new time is full.
    :raises NotAllowed: it is not confirmed, or has begun.
    :raises AppointmentUnknown: there is no such appointment.
    """
    pages = take_turn(appointment(appointment_id).therapist_id)
    row = locked(appointment_id)
    card, session = card_of(row), TimeRange.lasting(start, card_of(row).session.length)
    if _moved_before(card, session, key=key) or session == card.session:
        return card
    check_may_move(card, now=now)
    free = without_one(pages, card.session, known=not card.is_intake)
    check_taking(free, session, now=now)
    check_open(free, session, client_zone=client_zone, now=now)
    _write(row, session, during=widened(session, pages.settings))
    outbox.withdraw_about(about=f"appointment:{row.id}")
    Move.objects.create(
        appointment=row, key=key, session_before=row.session, session_after=_stored(session), moved_at=now
    )
    audit.record(
        actor=acting(row, CLIENT),
        action="move",
        subject=f"appointment:{row.id}",
        detail={"start": session.start.isoformat()},
    )
    return appointment(row.id)


def _moved_before(card: AppointmentCard, session: TimeRange, *, key: str) -> bool:
    """Say whether this very move was made.

    :raises KeyUsed: the key did another one.
    """
    done = Move.objects.filter(key=key).first()
    if done is None:
        return False
    if (done.appointment_id, done.session_after.lower) != (card.id, session.start):
        raise KeyUsed(_("This page was already used to move to another time. Please reload it and choose again."))
    return True


def _write(row: Appointment, session: TimeRange, *, during: TimeRange) -> None:
    Appointment.objects.filter(id=row.id).update(
        session=_stored(session), during=_stored(during), sequence=F("sequence") + 1
    )


def _stored(period: TimeRange) -> DateTimeTZRange:
    return DateTimeTZRange(period.start, period.end, "[)")
