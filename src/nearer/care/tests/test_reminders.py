"""Reminders: to whom they go, what they say, and what takes them back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from nearer.accounts.models import Client as Person
from nearer.accounts.models import Consent
from nearer.care.models import Couple
from nearer.care.operations import reminders
from nearer.care.queries.reminding import attendees, candidates
from nearer.care.rules.reminding import starts
from nearer.care.tests.builders import (
    HERE,
    appointment_of,
    asked,
    booking_of,
    code_sent,
    held,
    registered,
    someone_free,
)
from nearer.foundation import clock
from nearer.outbox.models import Message
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Appointment

pytestmark = pytest.mark.django_db
CLINICAL = re.compile(r"therap|session|counsel|clinic|health|Rivera|Ada", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.NEARER_SITE = "https://care.example.org"


def remindable(client: Client, **changes: object) -> str:
    """Confirm a time a good week ahead, with consent to reminders, and return the booking's address."""
    someone_free()
    booking = held(client, asked(client), choice=-1)
    registered(client, booking, **{"consent_reminders": "on", **changes})
    client.post(f"{booking}code/", {"code": code_sent()})
    Appointment.objects.update(confirmed_at=clock.now() - timedelta(days=20))
    return booking


def begins(booking: str) -> datetime:
    start: datetime = appointment_of(booking).session.lower
    return start


def planned(now: datetime) -> list[Message]:
    reminders.plan(now=now)
    return list(Message.objects.filter(kind="reminder").order_by("due_at"))


def path_in(message: Message, word: str) -> str:
    found = re.search(rf"https://care\.example\.org(/\S*{word}\S*)", message.body)
    assert found is not None
    return found[1]


def test_each_reminder_is_written_once_shortly_before_it_is_due(client: Client) -> None:
    booking = remindable(client)
    for hours in (48, 24, 1):
        due = begins(booking) - timedelta(hours=hours)
        assert reminders.plan(now=due - timedelta(hours=1)) == 0
        assert reminders.plan(now=due - timedelta(minutes=10)) == 1
        assert reminders.plan(now=due) == 0
    assert [each.due_at for each in planned(begins(booking))] == [
        begins(booking) - timedelta(hours=hours) for hours in (48, 24, 1)
    ]


def test_what_a_glance_at_a_reminder_shows_is_when_and_no_more(client: Client) -> None:
    booking = remindable(client)
    (message,) = planned(begins(booking) - timedelta(hours=24))
    links = re.sub(r"https://\S+", "", message.body)
    assert message.subject == "A reminder"
    assert not CLINICAL.search(links)
    assert message.until == begins(booking)
    assert "Eastern time" in message.body


def test_a_reminder_is_in_the_clients_own_language_and_zone(client: Client) -> None:
    booking = remindable(client)
    row = booking_of(booking)
    row.language, row.time_zone = "es", "America/Los_Angeles"
    row.save()
    (message,) = planned(begins(booking) - timedelta(hours=24))
    english = planned(begins(booking) - timedelta(hours=24))[0].body
    assert "Pacific" in message.body or "Pacífico" in message.body
    assert message.body == english


@pytest.mark.parametrize(
    ("plainness", "says", "not_yet"),
    [("with_whom", ["Rivera"], ["therapy"]), ("openly", ["Rivera", "session of therapy"], [])],
)
def test_a_client_may_choose_a_plainer_one(client: Client, plainness: str, says: list[str], not_yet: list[str]) -> None:
    booking = remindable(client)
    response = client.post(f"{booking}reminders/", {"wanted": "on", "plainness": plainness})
    assert response.status_code == 303
    (message,) = planned(begins(booking) - timedelta(hours=24))
    assert all(word in message.body for word in says)
    assert not [word for word in not_yet if word in message.body]
    assert message.subject == "A reminder"


def test_without_consent_nobody_is_reminded(client: Client) -> None:
    booking = remindable(client, consent_reminders="")
    assert planned(begins(booking) - timedelta(hours=24)) == []


def test_who_did_not_choose_e_mail_gets_a_code_and_nothing_else_by_e_mail(client: Client) -> None:
    booking = remindable(client, safe_to_reach=["text"])
    assert planned(begins(booking) - timedelta(hours=24)) == []
    page = client.get(booking).content.decode()
    assert "Keep the address of this page" in page
    client.post(f"{booking}cancel/")
    assert set(Message.objects.values_list("kind", flat=True)) == {"code"}


def test_some_way_must_be_safe(client: Client) -> None:
    someone_free()
    booking = held(client)
    page = client.post(f"{booking}details/", {"legal_name": "Alexandra Example"}).content.decode()
    assert "Choose at least one way in which it is safe to reach you." in page


def test_e_mail_is_offered_as_chosen_and_can_be_left_out(client: Client) -> None:
    someone_free()
    page = client.get(held(client)).content.decode()
    assert re.search(r'value="email"[^>]*checked', page)
    assert not re.search(r'value="text"[^>]*checked', page)


def test_a_moved_time_takes_its_reminders_with_it(client: Client) -> None:
    booking = remindable(client)
    planned(begins(booking) - timedelta(hours=24))
    free = re.findall(r'name="start" value="([^"]+)"', client.get(f"{booking}move/").content.decode())
    client.post(f"{booking}move/", {"start": free[-1]})
    assert not Message.objects.filter(kind="reminder").exists()
    due = begins(booking) - timedelta(hours=24)
    (message,) = planned(due)
    assert (message.due_at, message.until) == (due, begins(booking))


def test_who_moves_to_a_time_within_the_day_is_not_told_what_they_just_chose(client: Client) -> None:
    booking = remindable(client)
    free = re.findall(r'name="start" value="([^"]+)"', client.get(f"{booking}move/").content.decode())
    client.post(f"{booking}move/", {"start": free[0]})
    assert planned(begins(booking) - timedelta(hours=48)) == []


@pytest.mark.parametrize("by", ["client", "therapist", "operator"])
def test_a_cancelled_time_takes_its_reminders_with_it_whoever_cancels(client: Client, by: str) -> None:
    booking = remindable(client)
    due = begins(booking) - timedelta(hours=24)
    assert planned(due)
    scheduling.cancel(appointment_id=appointment_of(booking).pk, by=by, now=clock.now())
    assert not Message.objects.filter(kind="reminder").exists()
    assert planned(due) == []


def test_one_click_ends_reminders_and_cancels_nothing(client: Client) -> None:
    booking = remindable(client)
    (message,) = planned(begins(booking) - timedelta(hours=24))
    stop = urlsplit(message.stop).path
    assert client.get(stop).status_code == 200
    assert Consent.objects.filter(kind="reminders", withdrawn_at__isnull=True).exists()
    mail_program = Client(enforce_csrf_checks=True)
    assert mail_program.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mail_program.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Consent.objects.filter(kind="reminders", withdrawn_at__isnull=True).exists()
    assert planned(begins(booking) - timedelta(hours=24)) == []
    assert appointment_of(booking).status == "confirmed"


def test_ending_can_be_taken_back_from_our_own_page_alone(client: Client) -> None:
    booking = remindable(client)
    (message,) = planned(begins(booking) - timedelta(hours=24))
    stop = path_in(message, "stop")
    client.post(stop)
    again = stop.replace("/stop/", "/again/")
    assert client.post(again).status_code == 403
    assert client.post(again, headers=HERE).status_code == 200
    assert Consent.objects.filter(kind="reminders", withdrawn_at__isnull=True).count() == 1
    assert len(planned(begins(booking) - timedelta(hours=24))) == 1


def test_a_link_to_end_reminders_opens_nothing_else(client: Client) -> None:
    booking = remindable(client)
    (message,) = planned(begins(booking) - timedelta(hours=24))
    token = path_in(message, "stop").split("/")[2]
    assert client.get(f"/booking/{token}/").status_code == 404
    assert client.get("/reminders/nonsense/stop/").status_code == 404
    with time_machine.travel(clock.now() + timedelta(days=800)):
        assert client.post(f"/reminders/{token}/stop/").status_code == 410


def test_each_of_two_is_reminded_of_their_own_booking_and_reads_nothing_of_the_other(client: Client) -> None:
    booking = remindable(client)
    first = booking_of(booking)
    other = Person.objects.get()
    other.pk, other.email, other.identity_index = other.pk + 1, "sam@example.org", "other"
    other.legal_name = other.preferred_name = "Sam"
    other.birth_date_text, other.phone = "1990-01-01", ""
    other.save(force_insert=True)
    Consent.objects.create(client=other, kind="reminders", version="x", given_at=clock.now())
    told = first.told, first.request
    couple = Couple.objects.create(created_at=clock.now())
    first.pk, first.client, first.place, first.couple = first.pk + 1, other, 2, couple
    first.told, first.request, first.member_id = *told, ""
    first.save(force_insert=True)
    found = planned(begins(booking) - timedelta(hours=24))
    assert sorted(each.to for each in found) == ["alex@example.org", "sam@example.org"]
    for message in found:
        assert not re.search("alex|sam", message.body, re.IGNORECASE)
    assert len({path_in(each, "booking") for each in found}) == 2


def test_planning_takes_as_many_queries_for_one_as_for_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    booking = remindable(client)
    now = begins(booking) - timedelta(hours=24)
    windows = starts(hours=[48, 24, 1], now=now, ahead=timedelta(minutes=30))
    with django_assert_num_queries(3):
        (found,) = candidates(windows)
        assert len(attendees([found.booking_id])) == 1
