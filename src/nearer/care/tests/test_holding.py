"""Taking a time: once, from our own page, and only one that can be had."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from nearer.audit.models import Event
from nearer.care.models import Booking
from nearer.care.rules.told import from_kept
from nearer.care.tests.builders import HERE, a_covered_therapist, asked, booking_of, choices, held, someone_free
from nearer.directory.models import Licence, Plan
from nearer.foundation import clock
from nearer.scheduling.models import Appointment, Diary

pytestmark = pytest.mark.django_db


def test_a_time_is_held_for_a_quarter_of_an_hour(client: Client) -> None:
    someone_free()
    booking = held(client)
    page = client.get(booking)
    assert "Held for you until" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    expires = Appointment.objects.get().hold_expires_at
    assert expires is not None
    assert timedelta(minutes=14) < expires - clock.now() <= timedelta(minutes=15)


def test_pressing_twice_is_one_hold(client: Client) -> None:
    someone_free()
    answer = asked(client)
    choice = choices(client, answer)[0]
    first, second = (client.post(f"{answer}hold/", choice, headers=HERE).headers["Location"] for _ in range(2))
    assert booking_of(first) == booking_of(second)
    assert Appointment.objects.count() == Booking.objects.count() == 1


def test_another_time_of_the_same_page_is_another_hold(client: Client) -> None:
    someone_free()
    answer = asked(client)
    first, *_, last = choices(client, answer)
    for choice in (first, last):
        assert client.post(f"{answer}hold/", choice, headers=HERE).status_code == 303
    assert Booking.objects.count() == 2


def test_what_was_told_is_written_down_with_the_hold(client: Client) -> None:
    therapist, plan = a_covered_therapist()
    booking = booking_of(held(client, asked(client, plan=str(plan.pk))))
    told = from_kept(booking.told)
    assert (told.npi, told.plan, told.network) == (therapist.npi, "Harbor Silver", "Blue Harbor")
    assert told.verified_on == (clock.now().date() - timedelta(days=30)).isoformat()
    assert (booking.plan_id, booking.pays_self, booking.client_id) == (plan.pk, False, None)
    assert told.fee_cents is None


def test_who_pays_themselves_is_told_the_fee(client: Client) -> None:
    someone_free()
    assert from_kept(booking_of(held(client)).told).fee_cents == 15_000


def test_the_request_is_sealed_in_the_booking(client: Client) -> None:
    someone_free()
    booking = booking_of(held(client, asked(client, concern=["trauma"])))
    assert "trauma" in booking.request
    assert "trauma" not in booking.request_sealed


def test_what_was_told_is_sealed_in_the_booking(client: Client) -> None:
    _, plan = a_covered_therapist()
    booking = booking_of(held(client, asked(client, plan=str(plan.pk))))
    row = " ".join(str(value) for value in Booking.objects.values().get(pk=booking.pk).values())
    assert not [word for word in ("Harbor Silver", "individual", "psychologist", "Blue Harbor") if word in row]


def test_a_visitor_is_written_down_as_no_more_than_that(client: Client) -> None:
    someone_free()
    held(client)
    assert {event.actor for event in Event.objects.all()} == {"visitor"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site", **HERE},
        {"sec-fetch-site": "same-site", **HERE},
        {"sec-fetch-site": "none"},
    ],
)
def test_another_site_can_not_take_a_time_in_a_visitors_name(client: Client, headers: dict[str, str]) -> None:
    someone_free()
    answer = asked(client)
    choice = choices(client, answer)[0]
    response = client.post(f"{answer}hold/", choice, headers=headers)
    assert response.status_code == 403
    assert not Appointment.objects.exists()
    assert client.post(f"{answer}hold/", choice, headers={"sec-fetch-site": "same-origin"}).status_code == 303


def test_a_time_that_was_just_taken_is_said_kindly_with_the_next_ones(client: Client) -> None:
    someone_free(given_name="Ada")
    answer = asked(client)
    mine, theirs = choices(client, answer)[0], choices(client, answer)[0]
    client.post(f"{answer}hold/", theirs, headers=HERE)
    response = client.post(f"{answer}hold/", mine, headers=HERE)
    page = response.content.decode()
    assert response.status_code == 409
    assert "This time was just taken" in page
    assert "Nothing you answered is lost" in page
    assert mine["start"] not in page
    assert 'name="start"' in page
    assert Booking.objects.count() == 1


def test_a_therapist_who_paused_meanwhile_takes_nobody(client: Client) -> None:
    someone_free()
    answer = asked(client)
    choice = choices(client, answer)[0]
    Diary.objects.update(paused_until=clock.now().date() + timedelta(days=60))
    response = client.post(f"{answer}hold/", choice, headers=HERE)
    assert response.status_code == 409
    assert "is not taking new clients" in response.content.decode()
    assert not Booking.objects.exists()


def test_a_license_that_ended_meanwhile_stops_the_hold_and_nothing_is_kept(client: Client) -> None:
    someone_free()
    answer = asked(client)
    choice = choices(client, answer)[0]
    Licence.objects.update(status="expired")
    response = client.post(f"{answer}hold/", choice, headers=HERE)
    assert response.status_code == 409
    assert "Massachusetts" in response.content.decode()
    assert not Appointment.objects.exists()


def test_a_plan_that_ended_meanwhile_stops_the_hold(client: Client) -> None:
    _, plan = a_covered_therapist()
    answer = asked(client, plan=str(plan.pk))
    choice = choices(client, answer)[0]
    Plan.objects.update(ends_on=clock.now().date() - timedelta(days=2))
    response = client.post(f"{answer}hold/", choice, headers=HERE)
    assert response.status_code == 409
    assert "Please choose how you will pay" in response.content.decode()
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"service": "family"},
        {"modality": "in_person"},
        {"npi": "9000000000"},
        {"start": (datetime.now(UTC) - timedelta(days=3)).isoformat()},
    ],
)
def test_a_posted_choice_is_never_trusted(client: Client, change: dict[str, str]) -> None:
    someone_free()
    answer = asked(client)
    response = client.post(f"{answer}hold/", choices(client, answer)[0] | change, headers=HERE)
    assert response.status_code in {404, 409}
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"start": "tomorrow"},
        {"key": ""},
        {"modality": "x"},
        {"modality": ""},
        {"service": "x"},
        {"start": "2020-01-01T00:00Z"},
        {"start": "0001-01-01T00:00:00+14:00"},
        {"start": "9999-12-31T23:59:00-12:00"},
    ],
)
def test_a_choice_that_is_none_leads_back_to_the_answer(client: Client, change: dict[str, str]) -> None:
    someone_free()
    answer = asked(client)
    assert client.post(f"{answer}hold/", choices(client, answer)[0] | change, headers=HERE).status_code == 303
    assert not Appointment.objects.exists()


def test_in_person_is_at_an_office_where_the_client_will_be(client: Client) -> None:
    someone_free(places_in=["NY", "MA"], licensed_in=["MA", "NY"])
    booking = booking_of(held(client, asked(client, modality="in_person")))
    assert ", MA 01101" in from_kept(booking.told).place
    assert Appointment.objects.get().location_id is not None
