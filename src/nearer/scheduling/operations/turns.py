"""Waiting for one's turn, and what a clash means to the person who asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import psycopg
from django.db import DatabaseError, connection

from nearer.scheduling.models import Appointment
from nearer.scheduling.policies import NotTaking, OpeningTaken, not_taking_sentence, taken_sentence, unknown
from nearer.scheduling.queries import pages_from
from nearer.scheduling.rules.diary import DiaryPages
from nearer.scheduling.rules.states import CLIENT, THERAPIST

#: exclusion violation, deadlock, serialization failure, lock timeout
CLASHES = frozenset({"23P01", "40P01", "40001", "55P03"})

Params = ParamSpec("Params")
Result = TypeVar("Result")


def clash_means_taken(operation: Callable[Params, Result]) -> Callable[Params, Result]:
    """Turn whatever PostgreSQL says when two bookings meet into OpeningTaken. Stands outside the transaction."""

    @wraps(operation)
    def asked(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        try:
            return operation(*args, **kwargs)
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", None) in CLASHES:
                raise OpeningTaken(taken_sentence()) from error
            raise

    return asked


def take_turn(therapist_id: int) -> DiaryPages:
    """Wait until nobody else books with this therapist or writes their diary, free expired holds, and read the diary.

    The turn lasts until the transaction ends. One statement: lock first, then what the lock protects.

    :raises NotTaking: the therapist has no diary.
    """
    return _pages("SELECT * FROM scheduling_take_turn(%s)", [therapist_id])


def take_turns(therapist_ids: Collection[int]) -> None:
    """Wait for the turns of several therapists, always in the same order; who has no diary has no turn."""
    for each in sorted(set(therapist_ids)):
        with suppress(NotTaking):
            take_turn(each)


def read_diary(therapist_id: int) -> DiaryPages:
    """Read a therapist's diary without waiting for a turn; its version tells later whether it still says so.

    :raises NotTaking: the therapist has no diary.
    """
    return _pages("SELECT * FROM scheduling_read(%s)", [therapist_id])


def _pages(sql: str, values: Sequence[object]) -> DiaryPages:
    row = ask_one(sql, values)
    if row is None:
        raise NotTaking(not_taking_sentence())
    return pages_from(row)


def ask_one(sql: str, values: Sequence[object]) -> tuple[Any, ...] | None:
    """Return the first row of an answer to a statement that the server plans once, its values bound there.

    Django writes values into the text of a statement, so that the server reads and plans it anew each time; for the
    two statements of a hold that is half of the time.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql, values, prepare=True)
        return cursor.fetchone()


def locked(appointment_id: int) -> Appointment:
    """Wait for the turn of an appointment's therapist, and return it as nobody else can change it until the end.

    :raises AppointmentUnknown: there is no such appointment.
    """
    found = Appointment.objects.raw("SELECT * FROM scheduling_take_appointment(%s)", [appointment_id])
    row = next(iter(found), None)
    if row is None:
        raise unknown()
    return row


def take_client_turn(client_id: int) -> None:
    """Wait until no other booking of this client is under way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT scheduling_wait_for_client(%s)", [client_id])


def acting(row: Appointment, by: str) -> str:
    """Return who acts, as the audit writes it: the first client who attends, the therapist, or the operator."""
    if by == THERAPIST:
        return f"therapist:{row.therapist_id}"
    client_id = row.attendances.order_by("id").values_list("client_id", flat=True).first() if by == CLIENT else None
    return by if client_id is None else f"client:{client_id}"
