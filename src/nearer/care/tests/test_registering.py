"""Saying who takes the time; whatever goes wrong, nothing that was typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from nearer.accounts import api as accounts
from nearer.accounts.models import Client as Person
from nearer.care.tests.builders import (
    DETAILS,
    a_covered_therapist,
    appointment_of,
    asked,
    booking_of,
    held,
    registered,
    run_out,
    someone_free,
)
from nearer.outbox.models import Message
from nearer.scheduling.models import Appointment, Diary, Hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking(client: Client) -> str:
    someone_free()
    return held(client)


def post(client: Client, booking: str, **changes: Any) -> tuple[int, str]:
    response = client.post(f"{booking}details/", DETAILS | changes)
    return response.status_code, response.content.decode()


def test_a_code_is_sent_and_asked_for(client: Client, booking: str) -> None:
    registered(client, booking)
    page = client.get(booking).content.decode()
    assert "Enter the code we sent you" in page
    assert "alex@example.org" in page
    assert Message.objects.get().subject == "Your code"
    row = booking_of(booking)
    assert row.client_id is not None
    card = accounts.client(row.client_id)
    assert (card.called, card.phone, card.time_zone) == ("Alex", "+16175550134", "America/New_York")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"legal_name": ""}, "Enter your legal name."),
        ({"birth_date_year": ""}, "Add the year."),
        ({"birth_date_year": "1790"}, "Check the year of your birth date."),
        ({"birth_date_year": "2190"}, "Check the year of your birth date."),
        ({"birth_date_month": "9" * 25}, "Enter a real date"),
        ({"birth_date_day": "9" * 25}, "Enter a real date"),
        ({"email": "alex"}, "Enter an e-mail such as"),
        ({"email": f"{'a' * 250}@example.org"}, "at most 254 characters"),
        ({"phone": "call me"}, "Enter a phone number such as"),
        ({"phone": ""}, "Enter the number at which it is safe"),
        ({"consent_sharing": ""}, "Please read and tick what you agree to."),
        ({"consent_telehealth": "", "consent_sharing": ""}, "Please read and tick what you agree to."),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(
    client: Client, booking: str, change: dict[str, Any], sentence: str
) -> None:
    status, page = post(client, booking, **change)
    assert status == 422
    assert sentence in page
    for name in ("legal_name", "preferred_name", "email", "phone", "birth_date_day"):
        if name not in change:
            assert re.search(rf'name="{name}"[^>]*value="{re.escape(str(DETAILS[name]))}"', page), name
    assert not Person.objects.exists()


def test_no_consent_is_ticked_beforehand(client: Client, booking: str) -> None:
    page = client.get(booking).content.decode()
    assert page.count('name="consent_') == 5
    assert not re.search(r'name="consent_[^>]*checked', page)


def test_video_is_agreed_to_only_where_it_is_used(client: Client) -> None:
    someone_free(places_in=["MA"])
    page = client.get(held(client, asked(client, modality="in_person"))).content.decode()
    assert "consent_telehealth" not in page


def test_a_member_id_is_asked_for_only_where_a_plan_is_used(client: Client, booking: str) -> None:
    assert "member_id" not in client.get(booking).content.decode()
    _, plan = a_covered_therapist()
    other = held(client, asked(client, plan=str(plan.pk)))
    registered(client, other, member_id="W123456789")
    row = booking_of(other)
    assert row.member_id == "W123456789"
    assert "W123456789" not in row.member_id_sealed


def test_under_eighteen_is_refused_kindly(client: Client, booking: str) -> None:
    status, page = post(client, booking, birth_date_year="2015")
    assert status == 422
    assert "parent or guardian has to agree" in page
    assert not Person.objects.exists()
    assert not Message.objects.exists()


def test_a_therapist_who_does_not_see_this_age_is_found_out_by_the_birth_date(client: Client) -> None:
    therapist = someone_free()
    therapist.services.update(ages=["adult"])
    booking = held(client)
    status, page = post(client, booking, birth_date_year="1940")
    assert status == 409
    assert "doesn’t see people of this age" in page
    assert 'value="1940"' in page
    assert not Person.objects.exists()


def test_a_hold_that_ran_out_is_taken_again_without_a_word(client: Client, booking: str) -> None:
    before = appointment_of(booking)
    run_out(booking)
    registered(client, booking)
    after = appointment_of(booking)
    assert after.session == before.session
    assert after.status == "held"
    assert "Enter the code we sent you" in client.get(booking).content.decode()


def test_a_time_lost_while_typing_is_chosen_anew_in_the_same_form(client: Client, booking: str) -> None:
    lost = appointment_of(booking).session
    run_out(booking)
    held(Client())
    status, page = post(client, booking)
    assert status == 409
    assert "The time is gone, what you typed is not" in page
    assert 'value="Alexandra Example"' in page
    assert re.search(r'name="consent_service"[^>]*checked', page)
    times = re.findall(r'type="radio" name="start" value="([^"]+)"', page)
    status, _ = post(client, booking, start=times[0])
    assert status == 303
    assert appointment_of(booking).session != lost
    assert Person.objects.count() == 1


def test_a_time_chosen_anew_stays_held_while_another_answer_is_mended(client: Client, booking: str) -> None:
    run_out(booking)
    held(Client())
    _, page = post(client, booking)
    other = re.findall(r'type="radio" name="start" value="([^"]+)"', page)[4]
    status, page = post(client, booking, start=other, birth_date_year="2015")
    assert status == 422
    assert "Held for you until" in page
    assert 'name="start"' not in page
    assert appointment_of(booking).session.lower.isoformat() == other
    assert post(client, booking)[0] == 303


def test_a_form_of_times_needs_a_time(client: Client, booking: str) -> None:
    status, page = post(client, booking, start="2020-01-01T00:00:00+00:00")
    assert status == 422
    assert "This time was just taken. Choose another one." in page


def test_a_therapist_who_is_full_meanwhile_loses_nobody_what_they_typed(client: Client, booking: str) -> None:
    run_out(booking)
    Hours.objects.all().delete()
    Diary.objects.update(weekly_new_clients=0)
    status, page = post(client, booking)
    assert status == 409
    assert 'value="Alexandra Example"' in page


def test_a_mistake_in_the_address_is_put_right(client: Client, booking: str) -> None:
    registered(client, booking)
    page = client.get(f"{booking}details/").content.decode()
    assert 'value="alex@example.org"' in page
    registered(client, booking, email="alexandra@example.org")
    assert "alexandra@example.org" in client.get(booking).content.decode()
    assert Person.objects.count() == 1


def test_too_many_codes_are_refused_with_the_details_kept(client: Client, booking: str) -> None:
    registered(client, booking)
    for _ in range(4):
        assert client.post(f"{booking}code/again/").status_code == 200
    response = client.post(f"{booking}code/again/")
    assert response.status_code == 429
    assert "wait an hour" in response.content.decode()
    status, page = post(client, booking, email="alexandra@example.org")
    assert status == 422
    assert "wait an hour" in page


def test_nobody_learns_that_others_asked_for_codes_to_an_address(client: Client) -> None:
    for number in range(6):
        someone_free(given_name=f"Ada{number}")
        page = client.get(registered(client)).content.decode()
        assert "Enter the code we sent you" in page
    assert Message.objects.filter(kind="code").count() == 5


def test_a_time_is_let_go_at_once(client: Client, booking: str) -> None:
    client.post(f"{booking}release/")
    assert appointment_of(booking).status == "released"
    page = client.get(booking).content.decode()
    assert "This time is not held for you" in page
    assert "Hold this time" in page


def test_a_hold_that_ran_out_is_said_kindly_and_taken_again_with_what_was_typed(client: Client, booking: str) -> None:
    registered(client, booking)
    run_out(booking)
    page = client.get(booking).content.decode()
    assert "nothing has to be typed again" in page
    times = re.findall(r'type="radio" name="start" value="([^"]+)"', page)
    response = client.post(f"{booking}again/", {"start": times[2]})
    assert booking_of(response.headers["Location"]) == booking_of(booking)
    assert "Enter the code we sent you" in client.get(booking).content.decode()
    assert Appointment.objects.filter(status="held").count() == 1


def test_choosing_no_time_is_asked_again(client: Client, booking: str) -> None:
    client.post(f"{booking}release/")
    response = client.post(f"{booking}again/", {})
    assert response.status_code == 422
    assert "Choose a time." in response.content.decode()


def test_pages_of_a_booking_want_djangos_own_proof(booking: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{booking}details/", DETAILS).status_code == 403
    assert strict.post(f"{booking}release/").status_code == 403


@pytest.mark.parametrize("page", ["", "details/", "cancel/", "move/", "appointment.ics"])
def test_an_altered_key_opens_nothing(client: Client, booking: str, page: str) -> None:
    response = client.get(f"{booking[:-3]}xx/{page}")
    assert response.status_code == 404
    assert "Alex" not in response.content.decode()
