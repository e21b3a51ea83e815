"""The waiting list: told discreetly, asked in order, held for each, passed on, forgotten."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from nearer.care.models import Offer, Wait
from nearer.care.operations import waiting
from nearer.care.operations.waiting import offering
from nearer.care.tests.builders import (
    DETAILS,
    HERE,
    appointment_of,
    asked,
    choices,
    code_sent,
    someone_free,
)
from nearer.directory.models import Therapist
from nearer.foundation import clock
from nearer.matching.api import project_stale
from nearer.outbox.models import Message
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Appointment

pytestmark = pytest.mark.django_db
CLINICAL = re.compile(r"therap|session|counsel|clinic|health|Rivera|Ada", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _by_day(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NEARER_SITE = "https://care.example.org"
    monkeypatch.setattr(offering, "may_be_woken", lambda _now, _zone: True)


def someone_booked_out() -> Therapist:
    """Write a therapist who fits, with a day a week and nothing free on it."""
    therapist = someone_free()
    pause(therapist, is_on=True)
    return therapist


def pause(therapist: Therapist, *, is_on: bool) -> None:
    """Have a therapist take nobody, or take people again; the search knows at once."""
    if is_on:
        until = (clock.now() + timedelta(days=400)).date()
        scheduling.pause(therapist_id=therapist.pk, until=until, now=clock.now())
    else:
        scheduling.pause(therapist_id=therapist.pk, until=None, now=clock.now())
    project_stale(now=clock.now())


def look_again() -> None:
    """Let the search follow. A change has the number of its transaction, and a test is only one."""
    project_stale(now=clock.now())
    Wait.objects.update(mark="")


def joined(client: Client, email: str = "alex@example.org", answer: str = "", **said: str) -> str:
    """Join the list, prove the address, and return the place's address."""
    answer = answer or asked(client)
    response = client.post(f"{answer}wait/individual/", {"email": email, **said}, headers=HERE)
    assert response.status_code == 303, response.content.decode()
    place = response.headers["Location"]
    assert client.post(f"{place}code/", {"code": code_sent()}, headers=HERE).status_code == 303
    return place


def offers() -> list[str]:
    """Return to whom offers were written, in order."""
    return [
        each.to
        for each in Message.objects.filter(kind="waiting", subject="A time is free").order_by("created_at", "pk")
    ]


def test_at_a_dead_end_there_is_a_way_to_be_told(client: Client) -> None:
    someone_booked_out()
    page = client.get(asked(client)).content.decode()
    assert "Tell me when something opens" in page


def test_an_address_counts_once_it_is_proven(client: Client) -> None:
    therapist = someone_booked_out()
    response = client.post(f"{asked(client)}wait/individual/", {"email": "alex@example.org"}, headers=HERE)
    place = response.headers["Location"]
    pause(therapist, is_on=False)
    assert waiting.offer_all(now=clock.now()) == 0
    wrong = client.post(f"{place}code/", {"code": "000000"}, headers=HERE)
    assert wrong.status_code == 422
    client.post(f"{place}code/", {"code": code_sent()}, headers=HERE)
    assert "You will be told" in client.get(place).content.decode()
    assert waiting.offer_all(now=clock.now()) == 1


def test_after_five_wrong_codes_a_new_one_is_needed(client: Client) -> None:
    someone_booked_out()
    place = client.post(f"{asked(client)}wait/individual/", {"email": "a@example.org"}, headers=HERE).headers[
        "Location"
    ]
    right = code_sent()
    wrong = "111111" if right != "111111" else "222222"
    for _ in range(5):
        client.post(f"{place}code/", {"code": wrong}, headers=HERE)
    page = client.post(f"{place}code/", {"code": right}, headers=HERE).content.decode()
    assert "ask for a new one" in page
    assert Wait.objects.get().proven_at is None


def test_what_they_want_and_where_to_write_is_sealed(client: Client) -> None:
    someone_booked_out()
    joined(client)
    row = Wait.objects.values().get()
    assert not [value for value in row.values() if "alex" in str(value) or "individual" in str(value)]


def test_an_opening_is_held_and_told_of_without_a_clinical_word(client: Client) -> None:
    therapist = someone_booked_out()
    place = joined(client)
    assert waiting.offer_all(now=clock.now()) == 0
    pause(therapist, is_on=False)
    look_again()
    assert waiting.offer_all(now=clock.now()) == 1
    message = Message.objects.get(subject="A time is free")
    assert not CLINICAL.search(re.sub(r"https://\S+", "", message.body))
    assert urlsplit(message.stop).path.endswith("/leave/")
    lasts = Appointment.objects.get().hold_expires_at
    assert lasts is not None
    assert timedelta(hours=3, minutes=59) < lasts - clock.now() <= timedelta(hours=4)
    assert "It is held for you until" in client.get(place).content.decode()


def test_taking_it_leads_to_the_booking_and_forgets_the_place(client: Client) -> None:
    therapist = someone_booked_out()
    place = joined(client)
    pause(therapist, is_on=False)
    waiting.offer_all(now=clock.now())
    booking = client.post(f"{place}take/", headers=HERE).headers["Location"]
    assert not Wait.objects.exists()
    assert not Offer.objects.exists()
    assert client.post(f"{booking}details/", DETAILS).status_code == 303
    client.post(f"{booking}code/", {"code": code_sent()})
    assert appointment_of(booking).status == "confirmed"
    assert client.get(place).status_code == 410


def test_the_longest_waiting_is_asked_first_and_then_the_next(client: Client) -> None:
    therapist = someone_booked_out()
    first = joined(client, "first@example.org")
    joined(Client(), "second@example.org")
    only_one_opening(therapist)
    assert waiting.offer_all(now=clock.now()) == 1
    assert offers() == ["first@example.org"]
    client.post(f"{first}pass/", headers=HERE)
    look_again()
    assert waiting.offer_all(now=clock.now()) == 1
    assert offers() == ["first@example.org", "second@example.org"]


def only_one_opening(therapist: Therapist) -> None:
    """Let there be one opening in the next week: an hour on the day after tomorrow."""
    pause(therapist, is_on=False)
    day = (clock.now().astimezone(ZoneInfo("America/New_York")) + timedelta(days=2)).weekday()
    scheduling.set_hours(
        therapist_id=therapist.pk,
        time_zone="America/New_York",
        hours=[scheduling.WeeklyHours(weekday=day, start_minute=600, end_minute=660)],
        settings=scheduling.DiarySettings(horizon_days=5),
        now=clock.now(),
    )
    project_stale(now=clock.now())


def test_who_does_not_answer_goes_to_the_end_and_it_passes_on(client: Client) -> None:
    therapist = someone_booked_out()
    joined(client, "first@example.org")
    joined(Client(), "second@example.org")
    only_one_opening(therapist)
    waiting.offer_all(now=clock.now())
    waiting.end_what_is_over(now=clock.now() + timedelta(hours=4, minutes=1))
    look_again()
    waiting.offer_all(now=clock.now())
    assert offers() == ["first@example.org", "second@example.org"]
    assert list(Wait.objects.order_by("turn_at").values_list("missed", flat=True)) == [0, 1]


def test_nobody_is_offered_the_same_opening_twice(client: Client) -> None:
    therapist = someone_booked_out()
    place = joined(client)
    only_one_opening(therapist)
    waiting.offer_all(now=clock.now())
    client.post(f"{place}pass/", headers=HERE)
    look_again()
    assert waiting.offer_all(now=clock.now()) == 0
    assert "You will be told" in client.get(place).content.decode()


def test_leaving_frees_what_was_held_and_keeps_nothing(client: Client) -> None:
    therapist = someone_booked_out()
    place = joined(client)
    pause(therapist, is_on=False)
    waiting.offer_all(now=clock.now())
    assert "Leave the list?" in client.get(f"{place}leave/").content.decode()
    assert Wait.objects.exists()
    mail_program = Client(enforce_csrf_checks=True)
    assert mail_program.post(f"{place}leave/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Wait.objects.exists()
    assert Appointment.objects.get().status == "released"
    assert mail_program.post(f"{place}leave/").status_code == 410


def test_a_place_ends_by_itself_and_says_so(client: Client) -> None:
    someone_booked_out()
    joined(client)
    client.post(f"{asked(client)}wait/individual/", {"email": "never@example.org"}, headers=HERE)
    assert waiting.end_what_is_over(now=clock.now() + timedelta(days=31)) == 2
    assert not Wait.objects.exists()
    assert [each.to for each in Message.objects.filter(kind="waiting")] == ["alex@example.org"]


def test_nobody_is_woken_at_night(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    therapist = someone_booked_out()
    joined(client)
    pause(therapist, is_on=False)
    with monkeypatch.context() as night:
        night.setattr(offering, "may_be_woken", lambda _now, _zone: False)
        assert waiting.offer_all(now=clock.now()) == 0
    assert waiting.offer_all(now=clock.now()) == 1


def test_only_times_that_are_soon_enough_are_offered(client: Client) -> None:
    therapist = someone_booked_out()
    joined(client, within="3")
    pause(therapist, is_on=False)
    day = (clock.now() + timedelta(days=5)).weekday()
    scheduling.set_hours(
        therapist_id=therapist.pk,
        time_zone="America/New_York",
        hours=[scheduling.WeeklyHours(weekday=day, start_minute=600, end_minute=660)],
        settings=scheduling.DiarySettings(),
        now=clock.now(),
    )
    look_again()
    assert waiting.offer_all(now=clock.now()) == 0


def test_what_is_held_for_one_is_shown_to_nobody_else(client: Client) -> None:
    therapist = someone_booked_out()
    joined(client)
    only_one_opening(therapist)
    waiting.offer_all(now=clock.now())
    assert choices(client, asked(Client())) == []


def test_asking_from_elsewhere_writes_nothing(client: Client) -> None:
    someone_booked_out()
    response = client.post(
        f"{asked(client)}wait/individual/", {"email": "a@example.org"}, headers={"origin": "https://evil.example"}
    )
    assert response.status_code == 403
    assert not Wait.objects.exists()


def test_a_link_that_is_none_is_kindly_said(client: Client) -> None:
    response = client.get("/waiting/nonsense/")
    assert response.status_code == 410
    assert "You are not on the list" in response.content.decode()


def test_joining_and_leaving_over_and_over_fills_nobodys_mailbox(client: Client) -> None:
    """A code that was sent counts for an hour, also where its place is gone; where it was sent is not kept."""
    someone_booked_out()
    join = f"{asked(client)}wait/individual/"
    for _ in range(7):
        place = client.post(join, {"email": "b@example.org"}, headers=HERE).headers["Location"]
        assert client.post(f"{place}leave/").status_code == 200
        assert client.get(place).status_code == 410
    assert Message.objects.filter(kind="code").count() + Message.objects.filter(kind="waiting").count() == 5
    assert {(row.email, row.wanted) for row in Wait.objects.all()} == {("", "")}
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        waiting.end_what_is_over(now=clock.now())
    assert not Wait.objects.exists()
