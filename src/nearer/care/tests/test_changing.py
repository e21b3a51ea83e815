"""A confirmed time is called off or moved by its client, and their calendar follows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from nearer.care.models import Booking
from nearer.care.operations.holding import hold_again
from nearer.care.tests.builders import (
    HERE,
    appointment_of,
    asked,
    booking_of,
    choices,
    code_sent,
    confirmed,
    held,
    registered,
    someone_free,
)
from nearer.foundation import clock
from nearer.outbox.models import Message
from nearer.scheduling.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking(client: Client) -> str:
    someone_free()
    return confirmed(client)


def times_on(page: str) -> list[str]:
    return re.findall(r'type="radio" name="start" value="([^"]+)"', page)


def uid(calendar: str) -> str:
    return calendar.split("UID:")[1].split("\r\n", maxsplit=1)[0]


def test_a_time_is_cancelled_after_being_asked_once(client: Client, booking: str) -> None:
    page = client.get(f"{booking}cancel/").content.decode()
    assert "Cancel this time?" in page
    assert appointment_of(booking).status == "confirmed"
    assert client.post(f"{booking}cancel/").status_code == 303
    assert appointment_of(booking).status == "cancelled"
    assert "This time is cancelled" in client.get(booking).content.decode()


def test_a_cancellation_takes_it_out_of_the_calendar(client: Client, booking: str) -> None:
    client.post(f"{booking}cancel/")
    client.post(f"{booking}cancel/")
    first, last = Message.objects.get(kind="confirmed"), Message.objects.get(kind="cancelled")
    assert last.subject == "Your time is cancelled"
    assert last.calendar_method == "CANCEL"
    assert "SEQUENCE:1" in last.calendar
    assert uid(first.calendar) == uid(last.calendar)


def test_a_time_is_moved_to_another_opening(client: Client, booking: str) -> None:
    before = appointment_of(booking)
    page = client.get(f"{booking}move/").content.decode()
    other = times_on(page)[5]
    response = client.post(f"{booking}move/", {"start": other})
    assert response.status_code == 303
    after = appointment_of(booking)
    assert (after.pk, after.status, after.sequence) == (before.pk, "confirmed", 1)
    assert after.session.lower.isoformat() == other
    message = Message.objects.get(kind="moved")
    assert message.subject == "Your time has moved"
    assert "SEQUENCE:1" in message.calendar
    assert uid(message.calendar) == uid(Message.objects.get(kind="confirmed").calendar)
    assert "Your time is confirmed" in client.get(response.headers["Location"]).content.decode()


def test_two_clients_may_move_their_times_one_after_the_other(client: Client, booking: str) -> None:
    other = held(client, asked(client), choice=-1)
    confirmed(client, other)
    for each in (booking, other):
        free = times_on(client.get(f"{each}move/").content.decode())
        assert client.post(f"{each}move/", {"start": free[-1]}).status_code == 303


def test_a_time_that_was_taken_meanwhile_is_said_and_the_old_one_stays(client: Client, booking: str) -> None:
    page = client.get(f"{booking}move/").content.decode()
    before = appointment_of(booking).session
    answer = asked(Client())
    theirs = choices(Client(), answer)[1]
    assert theirs["start"] in times_on(page)
    Client().post(f"{answer}hold/", theirs, headers=HERE)
    response = client.post(f"{booking}move/", {"start": theirs["start"]})
    assert response.status_code == 422
    assert "This time was just taken" in response.content.decode()
    assert appointment_of(booking).session == before


def test_the_calendar_file_says_when_and_no_more(client: Client, booking: str) -> None:
    response = client.get(f"{booking}appointment.ics")
    text = response.content.decode()
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Appointment" in text
    assert "METHOD:PUBLISH" in text
    assert not [word for word in ("Rivera", "therap", "/booking/", "alex@") if word in text]


def test_after_a_cancellation_another_time_is_a_booking_of_its_own_with_nothing_to_type(
    client: Client, booking: str
) -> None:
    client.post(f"{booking}cancel/")
    page = client.get(booking).content.decode()
    again = client.post(f"{booking}again/", {"start": times_on(page)[3]}).headers["Location"]
    assert booking_of(again) != booking_of(booking)
    assert booking_of(again).client_id == booking_of(booking).client_id
    assert "nothing else is needed" in client.get(again).content.decode()
    client.post(f"{again}confirm/")
    assert appointment_of(again).status == "confirmed"
    assert appointment_of(booking).status == "cancelled"
    assert Booking.objects.count() == 2


def test_a_confirmed_time_is_never_held_again(client: Client, booking: str) -> None:
    before = appointment_of(booking)
    later = clock.now() + timedelta(days=3)
    assert hold_again(booking_id=booking_of(booking).pk, start=later, now=clock.now()) == booking_of(booking).pk
    assert appointment_of(booking) == before


def test_what_has_begun_is_neither_cancelled_nor_moved(client: Client, booking: str) -> None:
    with time_machine.travel(appointment_of(booking).session.lower + timedelta(minutes=5)):
        assert "Cancel it" not in client.get(booking).content.decode()
        response = client.post(f"{booking}cancel/")
    assert response.status_code == 409
    assert "already begun" in response.content.decode()
    assert appointment_of(booking).status == "confirmed"


def test_a_booking_closes_a_month_after_the_session(client: Client, booking: str) -> None:
    with time_machine.travel(clock.now() + timedelta(days=60)):
        response = client.get(booking)
    assert response.status_code == 410
    assert "more than a month ago" in response.content.decode()


def test_a_past_session_keeps_what_was_told(client: Client, booking: str) -> None:
    Appointment.objects.update(status="completed")
    page = client.get(booking).content.decode()
    assert "This time is over" in page
    assert "You pay yourself" in page


@pytest.mark.parametrize("address", ["details/", "move/", "cancel/", "appointment.ics"])
def test_a_page_that_does_not_fit_the_stage_leads_to_the_one_that_does(client: Client, address: str) -> None:
    someone_free()
    booking = confirmed(client) if address == "details/" else held(client)
    assert client.get(f"{booking}{address}").status_code == 303


def test_after_moving_the_old_time_is_said_to_be_free(client: Client) -> None:
    someone_free()
    booking = confirmed(client)
    assert "Moved." not in client.get(booking).content.decode()
    page = client.get(f"{booking}move/").content.decode()
    start = re.findall(r'name="start" value="([^"]+)"', page)[-1]
    client.post(f"{booking}move/", {"start": start})
    assert "Moved. Your old time is free again." in client.get(booking).content.decode()


def test_few_times_are_shown_at_first_and_the_others_are_folded(client: Client) -> None:
    someone_free()
    page = client.get(f"{confirmed(client)}move/").content.decode()
    before, _, after = page.partition("More times")
    assert before.count('name="start"') == 6
    assert after.count('name="start"') > 6


def test_nobody_is_greeted_by_their_legal_name(client: Client) -> None:
    someone_free()
    booking = registered(client, preferred_name="")
    client.post(f"{booking}code/", {"code": code_sent()})
    assert "It is yours: " in client.get(booking).content.decode()
    assert Message.objects.get(kind="confirmed").body.startswith("Hello,")
