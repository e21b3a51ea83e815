"""A code confirms the time: one appointment, one message, nothing in it that others should not read."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from nearer.accounts.models import Client as Person
from nearer.care.tests.builders import (
    HERE,
    a_covered_therapist,
    appointment_of,
    asked,
    booking_of,
    choices,
    code_sent,
    confirmed,
    held,
    registered,
    run_out,
    someone_free,
)
from nearer.directory.models import Licence, Location
from nearer.foundation import clock
from nearer.outbox.models import Message
from nearer.scheduling.models import Diary

pytestmark = pytest.mark.django_db

CLINICAL = ("therap", "psycholog", "counsel", "couple", "clinic", "patient", "health", "session", "concern", "plan")


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def enter(client: Client, booking: str, code: str) -> tuple[int, str]:
    response = client.post(f"{booking}code/", {"code": code})
    return response.status_code, response.content.decode()


@pytest.fixture
def booking(client: Client) -> str:
    someone_free(given_name="Ada", family_name="Okafor")
    return registered(client)


def test_the_right_code_confirms_the_time(client: Client, booking: str) -> None:
    status, _ = enter(client, booking, code_sent())
    assert status == 303
    appointment = appointment_of(booking)
    assert appointment.status == "confirmed"
    assert [each.client_id for each in appointment.attendances.all()] == [booking_of(booking).client_id]
    page = client.get(booking).content.decode()
    assert "Your time is confirmed" in page
    assert "Alex, it is yours" in page


def test_the_confirmation_shows_again_what_was_told(client: Client) -> None:
    _, plan = a_covered_therapist()
    page = client.get(confirmed(client, held(client, asked(client, plan=str(plan.pk))))).content.decode()
    for words in ("Harbor Silver", "Blue Harbor", "checked on", "Your plan decides what you pay"):
        assert words in page


def test_one_message_goes_out_with_a_calendar_and_not_a_clinical_word(client: Client, booking: str) -> None:
    enter(client, booking, code_sent())
    message = Message.objects.get(kind="confirmed")
    assert message.subject == "Your time is confirmed"
    assert (message.to, message.calendar_method) == ("alex@example.org", "REQUEST")
    text = message.body.split("http")[0] + message.subject + message.calendar
    assert not [word for word in CLINICAL if word in text.lower()]
    assert "with Ada Okafor" in message.body
    assert "http://testserver/booking/" in message.body
    assert "METHOD:REQUEST" in message.calendar
    assert "SEQUENCE:0" in message.calendar
    assert "/booking/" not in message.calendar


def test_a_message_says_the_street_and_not_what_the_place_is_called(client: Client) -> None:
    someone_free(places_in=["MA"])
    Location.objects.update(name="Harbor Couples Therapy Center")
    booking = confirmed(client, held(client, asked(client, modality="in_person")))
    message = Message.objects.get(kind="confirmed")
    assert "Harbor" not in message.body + message.calendar
    assert Location.objects.get().street in message.body
    assert "Harbor Couples Therapy Center" in client.get(booking).content.decode()


def test_a_calendar_names_the_senders_address_alone(client: Client, booking: str, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Nearer Practice <times@example.org>"
    enter(client, booking, code_sent())
    assert "ORGANIZER:mailto:times@example.org" in Message.objects.get(kind="confirmed").calendar


def test_the_link_in_the_message_opens_the_booking(client: Client, booking: str) -> None:
    enter(client, booking, code_sent())
    link = Message.objects.get(kind="confirmed").body.split("http://testserver")[1].strip()
    assert "Your time is confirmed" in Client().get(link).content.decode()


def test_confirming_twice_is_once(client: Client, booking: str) -> None:
    code = code_sent()
    for _ in range(2):
        assert enter(client, booking, code)[0] == 303
    assert client.post(f"{booking}confirm/").status_code == 303
    assert Message.objects.filter(kind="confirmed").count() == 1


def test_a_wrong_code_is_said_and_may_be_typed_again(client: Client, booking: str) -> None:
    status, page = enter(client, booking, wrong(code_sent()))
    assert status == 422
    assert "not the six digits we sent" in page
    assert enter(client, booking, code_sent())[0] == 303


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567"])
def test_what_is_no_code_costs_no_try(client: Client, booking: str, typed: str) -> None:
    assert enter(client, booking, typed)[0] == 422
    assert not Person.objects.filter(codes__attempts__gt=0).exists()


def test_five_wrong_tries_need_a_new_code(client: Client, booking: str) -> None:
    code = code_sent()
    for _ in range(5):
        enter(client, booking, wrong(code))
    status, page = enter(client, booking, code)
    assert status == 422
    assert "Please ask for a new one" in page
    assert "A new code is on its way" in client.post(f"{booking}code/again/").content.decode()
    assert enter(client, booking, code_sent())[0] == 303


def test_a_code_of_a_quarter_of_an_hour_ago_is_too_old(client: Client, booking: str) -> None:
    code = code_sent()
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        status, page = enter(client, booking, code)
    assert status == 422
    assert "Please ask for a new one" in page


def test_a_hold_that_ran_out_before_the_code_came_is_taken_again(client: Client, booking: str) -> None:
    run_out(booking)
    assert enter(client, booking, code_sent())[0] == 303
    assert appointment_of(booking).status == "confirmed"


def test_a_time_lost_before_the_code_came_is_chosen_anew_and_the_code_still_counts(
    client: Client, booking: str
) -> None:
    run_out(booking)
    held(Client())
    status, page = enter(client, booking, code_sent())
    assert status == 409
    assert "This time was just taken" in page
    assert "nothing has to be typed again" in page
    other = page.split('name="start" value="')[1].split('"')[0]
    assert client.post(f"{booking}again/", {"start": other}).status_code == 303
    assert "nothing else is needed" in client.get(booking).content.decode()
    client.post(f"{booking}confirm/")
    assert appointment_of(booking).status == "confirmed"
    assert Message.objects.filter(kind="confirmed").count() == 1


def test_a_license_lost_meanwhile_stops_the_confirmation(client: Client, booking: str) -> None:
    Licence.objects.update(status="suspended")
    status, page = enter(client, booking, code_sent())
    assert status == 409
    assert "Massachusetts" in page
    assert appointment_of(booking).status == "held"
    assert not Message.objects.filter(kind="confirmed").exists()


def test_a_pause_does_not_undo_a_hold(client: Client, booking: str) -> None:
    Diary.objects.update(paused_until=clock.now().date() + timedelta(days=60))
    assert enter(client, booking, code_sent())[0] == 303


def test_nobody_is_in_two_places_at_once(client: Client, booking: str) -> None:
    enter(client, booking, code_sent())
    taken = appointment_of(booking).session.lower
    someone_free(given_name="Ben")
    answer = asked(client)
    same = next(each for each in choices(client, answer) if each["start"] == taken.isoformat())
    other = client.post(f"{answer}hold/", same, headers=HERE).headers["Location"]
    registered(client, other)
    status, page = enter(client, other, code_sent())
    assert status == 409
    assert "You already have an appointment at that time" in page


def test_a_returning_client_is_one_record_and_sees_nothing_of_the_first_time(client: Client, booking: str) -> None:
    enter(client, booking, code_sent())
    first = booking_of(booking).client_id
    someone_free(given_name="Ben")
    answer = asked(client)
    other = held(client, answer, choice=-1)
    registered(client, other, preferred_name="Sasha")
    assert "Alex" not in client.get(other).content.decode().replace("alex@example.org", "")
    enter(client, other, code_sent())
    assert booking_of(other).client_id == first


def test_nobody_who_did_not_want_it_is_reminded(client: Client, booking: str) -> None:
    enter(client, booking, code_sent())
    assert not Message.objects.filter(kind="reminder").exists()


def test_a_code_is_no_use_before_one_was_asked_for(client: Client) -> None:
    someone_free()
    booking = held(client)
    for address in ("code/", "code/again/", "confirm/"):
        assert client.post(f"{booking}{address}", {"code": "123456"}).status_code == 303
    assert appointment_of(booking).status == "held"
