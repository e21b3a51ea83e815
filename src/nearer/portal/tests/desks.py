"""A therapist at their desk, with a client who booked a session; what a test does not name is ordinary."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client

from nearer.care.models import Booking
from nearer.care.tests.builders import DETAILS, booking_of, choices, code_sent, held, someone_free
from nearer.care.tests.builders import asked as an_answer
from nearer.directory.models import Therapist
from nearer.directory.tests.builders import a_network
from nearer.foundation import clock
from nearer.portal.tests.builders import at_desk
from nearer.scheduling.models import Appointment, Attendance

_people = itertools.count(1)


@dataclass(frozen=True)
class Seated:
    """Someone at their desk."""

    client: Client
    therapist: Therapist


def a_desk(client: Client, **facts: Any) -> Seated:
    """Sign a therapist in who works office hours and can be found."""
    therapist = someone_free(networks=[a_network()], places_in=["MA"], **facts)
    at_desk(client, therapist.pk)
    return Seated(client, therapist)


def a_booking(*, concern: str = "trust", **changes: Any) -> Booking:
    """Let a new client book whoever can be found first, and return their booking."""
    visitor = Client()
    number = next(_people)
    answer = an_answer(visitor, concern=[concern])
    taken = held(visitor, answer, choice=(number - 1) % len(choices(visitor, answer)))
    details = {"email": f"client{number}@example.org", "birth_date_day": str(number % 28 + 1)}
    return _confirmed(visitor, taken, details | changes)


def _confirmed(visitor: Client, taken: str, details: dict[str, Any]) -> Booking:
    response = visitor.post(f"{taken}details/", DETAILS | details)
    assert response.status_code == 303, response.content.decode()
    response = visitor.post(f"{taken}code/", {"code": code_sent()})
    assert response.status_code == 303, response.content.decode()
    return booking_of(taken)


def as_if_at(appointment_id: int, start: datetime) -> None:
    """Let a session have been booked for another time, past or to come."""
    row = Appointment.objects.get(pk=appointment_id)
    session = DateTimeTZRange(start, start + (row.session.upper - row.session.lower), "[)")
    during = DateTimeTZRange(start, session.upper + timedelta(minutes=10), "[)")
    Appointment.objects.filter(pk=appointment_id).update(session=session, during=during)
    Attendance.objects.filter(appointment_id=appointment_id).update(session=session)


def long_over(appointment_id: int, *, days: int = 0) -> None:
    """Let a session be over since two hours ago, or so many days before that."""
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    as_if_at(appointment_id, now - timedelta(days=days, hours=3))
