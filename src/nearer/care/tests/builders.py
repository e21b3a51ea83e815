"""A visitor who walks the journey, and someone free to see them; what a test does not name is ordinary and fits."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import resolve

from nearer.care.models import Booking
from nearer.care.rules.tokens import open_booking
from nearer.directory.models import Contract, Licence, Location, Network, Plan, Service, Therapist, Trait
from nearer.directory.tests.builders import a_network, a_plan
from nearer.foundation import clock
from nearer.matching.api import project_stale
from nearer.matching.tests import builders
from nearer.outbox.models import Message
from nearer.scheduling.models import Appointment

FACTS: tuple[type[Model], ...] = (Therapist, Licence, Location, Service, Trait, Contract, Network, Plan)
HERE = {"origin": "http://testserver"}

DETAILS = {
    "legal_name": "Alexandra Example",
    "preferred_name": "Alex",
    "birth_date_month": "5",
    "birth_date_day": "17",
    "birth_date_year": "1990",
    "email": "alex@example.org",
    "phone": "(617) 555-0134",
    "safe_to_reach": ["email", "text"],
    "consent_service": "on",
    "consent_health_data": "on",
    "consent_sharing": "on",
    "consent_telehealth": "on",
}


def someone_free(**facts: Any) -> Therapist:
    """Write a therapist who works office hours, whose facts were checked a month ago, and who can be found."""
    therapist = builders.someone_free(**facts)
    findable()
    return therapist


def findable() -> None:
    """Date every fact so that it holds today, and bring the search up to date: pages read the real clock."""
    today = clock.now().date()
    for model in FACTS:
        model._default_manager.update(verified_on=today - timedelta(days=30), expires_on=today + timedelta(days=60))
    project_stale(now=clock.now())


def a_covered_therapist(**facts: Any) -> tuple[Therapist, Plan]:
    """Write someone free in a network, and a plan that pays for it."""
    network = a_network(name="Blue Harbor")
    plan = a_plan(networks=[network], name="Harbor Silver")
    return someone_free(networks=[network], **facts), plan


def asked(client: Client, *, who: str = "me", state: str = "MA", plan: str = "self", **more: Any) -> str:
    """Walk to the answer and return its address."""
    ask = client.post("/find/", {"who": who, "jurisdiction": state}).headers["Location"]
    said: dict[str, Any] = {"plan": plan, "age": "adult"}
    if who != "me":
        said |= {"partner_jurisdiction": state, "partner_age": "adult"}
    response = client.post(ask, said | more)
    assert response.status_code == 303, response.content.decode()
    return response.headers["Location"]


def choices(client: Client, answer: str) -> list[dict[str, str]]:
    """Return what each button on the answer would send."""
    page = client.get(answer).content.decode()
    found = []
    for form in re.findall(r"<form[^>]*/hold/.*?</form>", page, re.DOTALL):
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        found += [{**hidden, "start": start} for start in re.findall(r'name="start" value="([^"]*)"', form)]
    return found


def held(client: Client, answer: str | None = None, *, choice: int = 0) -> str:
    """Take a time and return the booking's address."""
    answer = answer or asked(client)
    response = client.post(f"{answer}hold/", choices(client, answer)[choice], headers=HERE)
    assert response.status_code == 303, response.content.decode()
    return response.headers["Location"]


def registered(client: Client, booking: str | None = None, **changes: Any) -> str:
    """Say who takes the time, and return the booking's address."""
    booking = booking or held(client)
    response = client.post(f"{booking}details/", DETAILS | changes)
    assert response.status_code == 303, response.content.decode()
    return booking


def confirmed(client: Client, booking: str | None = None) -> str:
    """Confirm the code that was sent, and return the booking's address."""
    booking = registered(client, booking)
    response = client.post(f"{booking}code/", {"code": code_sent()})
    assert response.status_code == 303, response.content.decode()
    return booking


def code_sent() -> str:
    """Return the digits of the newest code."""
    found = re.search(r"\d{6}", Message.objects.filter(kind="code").order_by("-created_at")[0].body)
    assert found is not None
    return found[0]


def booking_of(address: str) -> Booking:
    token = resolve(address).kwargs["token"]
    return Booking.objects.get(pk=open_booking(token, clock.now()))


def appointment_of(address: str) -> Appointment:
    return Appointment.objects.get(pk=booking_of(address).appointment_id)


def run_out(address: str) -> None:
    """Let the quarter of an hour of a hold be over."""
    over = datetime.now(UTC) - timedelta(minutes=1)
    Appointment.objects.filter(pk=appointment_of(address).pk, status="held").update(hold_expires_at=over)
