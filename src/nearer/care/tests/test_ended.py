"""What has ended stays as it is, whatever a page that was left open still posts."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from nearer.care.models import Booking
from nearer.care.operations import booking as operations
from nearer.care.tests.builders import DETAILS, appointment_of, booking_of, confirmed, held, run_out, someone_free
from nearer.directory.models import Licence
from nearer.foundation import clock
from nearer.outbox.models import Message
from nearer.scheduling.api import NotAllowed
from nearer.scheduling.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking(client: Client) -> str:
    someone_free()
    return confirmed(client)


def rows() -> tuple[int, int, int]:
    return Booking.objects.count(), Appointment.objects.count(), Message.objects.count()


@pytest.mark.parametrize("status", ["confirmed", "cancelled", "completed", "no_show"])
@pytest.mark.parametrize("address", ["details/", "code/", "code/again/", "confirm/", "release/"])
def test_a_post_that_comes_too_late_leads_to_the_page(client: Client, booking: str, status: str, address: str) -> None:
    if status == "cancelled":
        client.post(f"{booking}cancel/")
    Appointment.objects.update(status=status)
    before = rows()
    response = client.post(f"{booking}{address}", DETAILS | {"code": "123456"})
    assert (response.status_code, response.headers["Location"]) == (303, booking)
    assert rows() == before
    assert appointment_of(booking).status == status


def test_nothing_confirms_what_was_cancelled_meanwhile(client: Client, booking: str) -> None:
    client.post(f"{booking}cancel/")
    before, start = rows(), appointment_of(booking).session.lower
    with pytest.raises(NotAllowed, match="over or was cancelled"):
        operations.confirm(booking_id=booking_of(booking).pk, start=start, site="http://x", now=clock.now())
    assert rows() == before


def test_a_time_that_ran_out_can_be_let_go_of(client: Client) -> None:
    someone_free()
    booking = held(client)
    run_out(booking)
    assert client.post(f"{booking}release/").status_code == 303
    assert appointment_of(booking).status == "released"


def test_a_refusal_after_a_cancellation_is_said(client: Client, booking: str) -> None:
    client.post(f"{booking}cancel/")
    start = re.findall(r'name="start" value="([^"]+)"', client.get(booking).content.decode())[0]
    Licence.objects.update(status="suspended")
    page = client.post(f"{booking}again/", {"start": start}).content.decode()
    assert "This time is cancelled" in page
    assert re.search('role="alert">[^<]*Massachusetts', page)


def test_a_time_let_go_and_one_that_ran_out_are_told_apart(client: Client) -> None:
    someone_free()
    ran_out = held(client)
    run_out(ran_out)
    assert "for a quarter of an hour, and that is over" in client.get(ran_out).content.decode()
    let_go = held(client, choice=3)
    client.post(f"{let_go}release/")
    assert "You let this time go. That is all right." in client.get(let_go).content.decode()
