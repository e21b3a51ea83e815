"""What came to nothing is forgotten; what was confirmed is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from nearer.accounts.models import Client as Person
from nearer.care import tasks
from nearer.care.models import Booking
from nearer.care.tests.builders import asked, booking_of, code_sent, confirmed, held, registered, someone_free
from nearer.foundation import clock

pytestmark = pytest.mark.django_db


def a_day_later() -> None:
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        tasks.forget(timestamp=0)


def test_a_time_let_go_is_forgotten_after_a_day_with_what_was_typed(client: Client) -> None:
    someone_free()
    booking = registered(client)
    client.post(f"{booking}release/")
    tasks.forget(timestamp=0)
    assert Booking.objects.exists()
    a_day_later()
    assert not Booking.objects.exists()
    assert not Person.objects.exists()
    assert client.get(booking).status_code == 404


def test_what_was_let_go_a_moment_ago_is_kept_however_old_its_booking_is(client: Client) -> None:
    someone_free()
    booking = registered(client)
    Booking.objects.update(created_at=clock.now() - timedelta(days=2))
    client.post(f"{booking}release/")
    tasks.forget(timestamp=0)
    assert client.get(booking).status_code == 200


def test_a_confirmed_time_is_kept_and_so_is_a_hold(client: Client) -> None:
    someone_free()
    answer = asked(client)
    kept = {booking_of(confirmed(client, held(client, answer))).pk, booking_of(held(client, answer, choice=-1)).pk}
    a_day_later()
    assert set(Booking.objects.values_list("pk", flat=True)) == kept


def test_a_proven_client_is_kept_when_another_of_their_times_is_forgotten(client: Client) -> None:
    someone_free()
    answer = asked(client)
    confirmed(client, held(client, answer))
    other = held(client, answer, choice=-1)
    registered(client, other)
    client.post(f"{other}code/", {"code": code_sent()})
    client.post(f"{other}cancel/")
    a_day_later()
    assert Person.objects.count() == 1


def test_a_returning_client_leaves_no_second_record(client: Client) -> None:
    someone_free()
    answer = asked(client)
    confirmed(client, held(client, answer))
    confirmed(client, held(client, answer, choice=-1))
    assert Person.objects.count() == 1
