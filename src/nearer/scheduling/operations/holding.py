"""Holding an opening for a quarter of an hour, and letting go of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from nearer.audit import api as audit
from nearer.foundation.ids import new_id
from nearer.foundation.timerange import TimeRange
from nearer.scheduling.models import Appointment
from nearer.scheduling.operations.turns import ask_one, clash_means_taken, locked, read_diary, take_turn
from nearer.scheduling.policies import (
    OpeningTaken,
    Refused,
    check_may_become,
    check_open,
    check_taking,
    key_used,
    taken_sentence,
)
from nearer.scheduling.queries import card_of
from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.rules.diary import DiaryPages
from nearer.scheduling.rules.openings import widened
from nearer.scheduling.rules.states import HELD, LIVE, RELEASED

_PUT = """
SELECT * FROM scheduling_put_hold(%s, %s, %s, %s, %s, %s, tstzrange(%s, %s), tstzrange(%s, %s), %s, %s)
"""


class Asked(NamedTuple):
    """What is to be held, by which key."""

    therapist_id: int
    service: str
    modality: str
    location_id: int | None
    session: TimeRange
    client_zone: str
    key: str


class DiaryChanged(Exception):
    """What was read no longer holds: the diary says something else, or a hold that it still tells of is over."""


@clash_means_taken
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

    The opening is derived again from the diary, and written in the therapist's turn if the diary has not changed
    meanwhile. Where it has, or within a larger transaction, the turn comes before the reading. A key is good for
    another hold once its first was released, has expired, or was cancelled.

    :raises OpeningTaken: it is no opening (any more); KeyUsed if the key stands for another one.
    :raises NotTaking: the therapist is paused, or a limit is reached.
    """
    session = TimeRange.lasting(start, length)
    asked = Asked(therapist_id, service, modality, location_id, session, client_zone, key)
    if not connection.in_atomic_block:
        try:
            return put(asked, read_diary(therapist_id), now=now)
        except (DiaryChanged, IntegrityError):  # the latter: an expired hold that nobody has released yet
            pass
    try:
        with transaction.atomic():
            return put(asked, take_turn(therapist_id), now=now)
    except DiaryChanged:  # its pages are locked: only a hold that ends at this very moment can say so
        raise OpeningTaken(taken_sentence()) from None


def put(asked: Asked, pages: DiaryPages, *, now: datetime) -> AppointmentCard:
    """Hold what is asked, if the diary as it was read has it open.

    :raises OpeningTaken, NotTaking, DiaryChanged: it has not, or says something else by now.
    """
    try:
        check_taking(pages, asked.session, now=now)
        check_open(pages, asked.session, client_zone=asked.client_zone, now=now)
    except Refused:
        if (held := held_before(asked)) is not None:
            return held
        raise
    return _put(asked, pages, now=now)


def _put(asked: Asked, pages: DiaryPages, *, now: datetime) -> AppointmentCard:
    """Write the hold, and in the audit that it was made.

    :raises DiaryChanged: the diary says something else than what was read, or the hold under the key is over.
    :raises KeyUsed: the key stands for a hold with another therapist, or for a session that took place.
    """
    appointment_id, session, during = new_id(), asked.session, widened(asked.session, pages.settings)
    times = session.start, session.end, during.start, during.end
    row = ask_one(_PUT, [pages.version, appointment_id, *asked[:4], *times, asked.key, now])
    assert row is not None
    changed, lasts_until = row
    if changed:
        raise DiaryChanged
    if lasts_until is None and (held := held_before(asked)) is not None:
        return held
    return AppointmentCard(appointment_id, *asked[:5], HELD, True, lasts_until, 0, None, None, "")


def held_before(asked: Asked, *, is_intake: bool = True) -> AppointmentCard | None:
    """Return what this key already holds, if anything.

    :raises KeyUsed: it holds something else than this, or what it held is past.
    :raises DiaryChanged: it is a hold that is over by the database's clock, and that nobody has released yet.
    """
    row = Appointment.objects.filter(hold_key=asked.key).first()
    if row is None:
        return None
    held = card_of(row)
    same = (held.therapist_id, held.service, held.session) == (asked.therapist_id, asked.service, asked.session)
    if not same or held.is_intake != is_intake or held.status not in LIVE:
        raise key_used()
    if Appointment.objects.filter(id=row.id, status=HELD, hold_expires_at__lte=Now()).exists():
        raise DiaryChanged
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
    Whoever is busy being written to is left for the next time.
    """
    overdue = Appointment.objects.filter(status=HELD, hold_expires_at__lte=Now())
    therapist_ids = sorted(set(overdue.values_list("therapist_id", flat=True)))
    return sum(_expire(therapist_id) for therapist_id in therapist_ids)


def _expire(therapist_id: int) -> bool:
    try:
        clash_means_taken(transaction.atomic(take_turn))(therapist_id)
    except OpeningTaken:
        return False
    return True
