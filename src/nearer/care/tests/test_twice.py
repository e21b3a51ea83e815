"""Pressing twice is pressing once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from psycopg.errors import CannotConnectNow, LockNotAvailable

from nearer.accounts import api as accounts
from nearer.care.models import Booking
from nearer.care.operations import booking as operations
from nearer.care.operations.holding import hold_again
from nearer.care.queries import booking as queries
from nearer.care.tests.builders import (
    DETAILS,
    appointment_of,
    asked,
    booking_of,
    code_sent,
    confirmed,
    held,
    registered,
    run_out,
    someone_free,
)
from nearer.foundation import clock
from nearer.outbox.models import Message
from nearer.scheduling.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _someone() -> None:
    someone_free()


def times_on(page: str) -> list[str]:
    return re.findall(r'type="radio" name="start" value="([^"]+)"', page)


def twice(client: Client, address: str, data: dict[str, Any]) -> tuple[str, str]:
    """Post the same twice and return where each leads."""
    first, second = (client.post(address, data) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303), second.content.decode()
    return first.headers["Location"], second.headers["Location"]


def codes() -> int:
    return Message.objects.filter(kind="code").count()


def test_another_time_after_a_cancellation_is_one_booking(client: Client) -> None:
    booking = confirmed(client)
    client.post(f"{booking}cancel/")
    start = times_on(client.get(booking).content.decode())[3]
    first, second = twice(client, f"{booking}again/", {"start": start})
    assert booking_of(first) == booking_of(second) != booking_of(booking)
    assert Booking.objects.count() == 2


def test_holding_again_after_a_cancellation_is_one_booking(client: Client) -> None:
    booking = confirmed(client)
    client.post(f"{booking}cancel/")
    start = appointment_of(booking).session.lower + timedelta(days=7)
    ids = {hold_again(booking_id=booking_of(booking).pk, start=start, now=clock.now()) for _ in range(2)}
    assert len(ids) == 1


def test_a_time_that_ran_out_is_held_again_once(client: Client) -> None:
    booking = held(client)
    run_out(booking)
    start = times_on(client.get(booking).content.decode())[3]
    first, second = twice(client, f"{booking}again/", {"start": start})
    assert booking_of(first) == booking_of(second) == booking_of(booking)
    assert Appointment.objects.filter(status="held").count() == 1


def test_a_time_is_moved_once(client: Client) -> None:
    booking = confirmed(client)
    start = times_on(client.get(f"{booking}move/").content.decode())[5]
    twice(client, f"{booking}move/", {"start": start})
    assert appointment_of(booking).sequence == 1


def test_details_with_another_time_are_taken_once(client: Client) -> None:
    booking = held(client)
    run_out(booking)
    start = times_on(client.get(booking).content.decode())[5]
    twice(client, f"{booking}details/", DETAILS | {"start": start})
    assert appointment_of(booking).session.lower.isoformat() == start
    assert codes() == 1


def test_the_same_details_twice_are_one_code_and_it_works(client: Client) -> None:
    booking = held(client)
    twice(client, f"{booking}details/", DETAILS)
    assert codes() == 1
    assert client.post(f"{booking}code/", {"code": code_sent()}).status_code == 303
    assert appointment_of(booking).status == "confirmed"


@pytest.mark.parametrize("change", [{"email": "other@example.org"}, {"birth_date_year": "1991"}])
def test_a_mended_address_or_birth_date_is_another_code(client: Client, change: dict[str, str]) -> None:
    registered(client, registered(client), **change)
    assert codes() == 2


def test_details_again_after_a_minute_are_another_code(client: Client) -> None:
    booking = registered(client)
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        registered(client, booking)
    assert codes() == 2


def test_asking_for_a_new_code_sends_one_at_once(client: Client) -> None:
    client.post(f"{registered(client)}code/again/")
    assert codes() == 2


@pytest.mark.parametrize("returns", [False, True])
def test_a_code_that_was_just_accepted_is_accepted_again(client: Client, *, returns: bool) -> None:
    answer = asked(client)
    if returns:
        confirmed(client, held(client, answer, choice=-1))
    booking = booking_of(registered(client, held(client, answer)))
    code = code_sent()
    for _ in range(2):
        operations.prove(booking_id=booking.pk, code=code, now=clock.now())
    card = queries.booking(booking.pk, clock.now())
    assert card.client is not None
    assert card.client.is_verified


def test_a_page_read_while_a_client_is_found_to_be_known_is_read_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking, real, asked_for = registered(client), accounts.client, []

    def gone_once(client_id: int) -> accounts.ClientCard:
        asked_for.append(client_id)
        if len(asked_for) == 1:
            raise accounts.ClientUnknown
        return real(client_id)

    monkeypatch.setattr(accounts, "client", gone_once)
    assert client.get(booking).status_code == 200


def test_two_changes_that_meet_are_a_kind_sentence(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = confirmed(client)

    def meets(**_: object) -> None:
        raise OperationalError from LockNotAvailable("canceling statement due to lock timeout")

    monkeypatch.setattr(operations, "cancel", meets)
    response = client.post(f"{booking}cancel/")
    assert response.status_code == 503
    assert "Please go back and try again" in response.content.decode()


def test_any_other_trouble_of_the_database_is_not_explained_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = confirmed(client)

    def fails(**_: object) -> None:
        raise OperationalError from CannotConnectNow("the database system is starting up")

    monkeypatch.setattr(operations, "cancel", fails)
    with pytest.raises(OperationalError):
        client.post(f"{booking}cancel/")
