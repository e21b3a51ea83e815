"""An earlier time with the same therapist: told of, taken by moving, passed on without a trace."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import Settings

from nearer.care.models import Booking, Offer, Wait
from nearer.care.operations import holding, waiting
from nearer.care.operations.waiting import answering, offering
from nearer.care.tests.builders import HERE, appointment_of, asked, booking_of, confirmed, held, someone_free
from nearer.foundation import clock
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _by_day(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NEARER_SITE = "https://care.example.org"
    monkeypatch.setattr(offering, "may_be_woken", lambda _now, _zone: True)


def a_late_time(client: Client) -> str:
    """Confirm the last time there is, so that earlier ones are free once the diary has them."""
    someone_free()
    return confirmed(client, held(client, asked(client), choice=-1))


def test_an_earlier_time_is_offered_and_taking_it_moves_the_appointment(client: Client) -> None:
    booking = a_late_time(client)
    before = appointment_of(booking)
    place = client.post(f"{booking}sooner/").headers["Location"]
    assert client.post(f"{booking}sooner/").headers["Location"].startswith("/waiting/")
    assert waiting.offer_all(now=clock.now()) == 1
    offer = Offer.objects.get()
    assert offer.start < before.session.lower
    assert client.post(f"{place}take/", headers=HERE).headers["Location"].startswith("/booking/")
    after = appointment_of(booking)
    assert (after.pk, after.session.lower, after.status) == (before.pk, offer.start, "confirmed")
    assert not Wait.objects.exists()
    assert Booking.objects.count() == 1


def test_passing_an_earlier_time_on_changes_nothing(client: Client) -> None:
    booking = a_late_time(client)
    before = appointment_of(booking).session
    place = client.post(f"{booking}sooner/").headers["Location"]
    waiting.offer_all(now=clock.now())
    client.post(f"{place}pass/", headers=HERE)
    assert appointment_of(booking).session == before
    assert Appointment.objects.filter(status="held").count() == 0


def test_after_a_cancellation_nobody_looks_for_sooner(client: Client) -> None:
    booking = a_late_time(client)
    client.post(f"{booking}sooner/")
    waiting.offer_all(now=clock.now())
    client.post(f"{booking}cancel/")
    waiting.end_what_is_over(now=clock.now())
    assert not Wait.objects.exists()
    assert not Appointment.objects.filter(status="held").exists()


def test_who_may_not_be_written_to_is_told_why(client: Client) -> None:
    booking = a_late_time(client)
    person = booking_of(booking).client
    assert person is not None
    person.safe_to_reach = ["text"]
    person.save()
    page = client.post(f"{booking}sooner/")
    assert page.status_code == 409
    assert "did not choose it as a safe way" in page.content.decode()


def test_whoever_takes_an_earlier_time_waits_for_the_booking_before_the_diary(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this order all others wait, too: whoever moves or cancels meanwhile can't be waited for in a circle."""
    place = client.post(f"{a_late_time(client)}sooner/").headers["Location"]
    waiting.offer_all(now=clock.now())
    order: list[str] = []
    lock, release = holding.locked, scheduling.release

    def waits_for_booking(booking_id: int) -> Booking:
        order.append("booking")
        return lock(booking_id)

    def waits_for_diary(*, appointment_id: int, now: datetime) -> None:
        order.append("diary")
        release(appointment_id=appointment_id, now=now)

    monkeypatch.setattr(answering, "locked", waits_for_booking)
    monkeypatch.setattr(scheduling, "release", waits_for_diary)
    assert client.post(f"{place}take/", headers=HERE).status_code == 303
    assert order == ["booking", "diary"]
