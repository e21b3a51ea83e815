"""Two people who walk the journey, each in a browser of their own; what a test does not name is ordinary and fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

from nearer.care.models import Booking, Couple
from nearer.care.tests.builders import (
    DETAILS,
    appointment_of,
    asked,
    booking_of,
    choices,
    code_sent,
    held,
    registered,
    someone_free,
)
from nearer.directory.models import Therapist
from nearer.outbox.models import Message
from nearer.scheduling.models import Appointment

ALEX = "alex@example.org"
SAM = "sam@example.net"
PARTNER = DETAILS | {
    "legal_name": "Samira Sample",
    "preferred_name": "Sami",
    "birth_date_year": "1988",
    "email": SAM,
    "phone": "(503) 555-0111",
}


def for_couples(*, states: tuple[str, ...] = ("MA", "NY"), **facts: Any) -> Therapist:
    """Write someone who sees couples in these states and is free."""
    return someone_free(services=["couples"], licensed_in=list(states), **facts)


@contextmanager
def put_back() -> Iterator[None]:
    """Put the database back as it was, when this ends; what must be durable may be done within."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


@dataclass
class First:
    """The one who takes the time: `key` is the address of their booking."""

    client: Client = field(default_factory=Client)
    key: str = ""

    def proves(self, *, who: str = "us", **search: Any) -> First:
        """Take a time for two and prove who they are."""
        answer = asked(self.client, who=who, **search)
        place = next(n for n, each in enumerate(choices(self.client, answer)) if each["service"] == "couples")
        self.key = registered(self.client, held(self.client, answer, choice=place))
        assert self.client.post(f"{self.key}code/", {"code": code_sent()}).status_code == 303
        return self

    def speaks(self, answer: str = "no", **more: str) -> First:
        assert self.client.post(f"{self.key}alone/", {"answer": answer, **more}).status_code == 303
        return self

    def asks(self, email: str = SAM, **more: Any) -> str:
        """Ask the other person, and return the address of their link."""
        response = self.client.post(f"{self.key}ask/", {"email": email, **more})
        assert response.status_code == 303, response.content.decode()
        return link_sent(email)


@dataclass
class Second:
    """The one who is asked."""

    client: Client = field(default_factory=Client)
    key: str = ""

    def joins(self, link: str, *, state: str = "NY", needs: dict[str, Any] | None = None, **details: Any) -> Second:
        """Open the link, say what they need, and say who they are."""
        first = self.client.post(link, {"jurisdiction": state})
        said = {"plan": "self"} | (needs or {})
        second = self.client.post(first.headers["Location"], said)
        assert second.status_code == 303, second.content.decode()
        third = self.client.post(second.headers["Location"], PARTNER | details)
        assert third.status_code == 303, third.content.decode()
        self.key = third.headers["Location"]
        return self

    def proves(self) -> Second:
        response = self.client.post(f"{self.key}code/", {"code": code_sent()})
        assert response.status_code == 303, response.content.decode()
        return self

    def speaks(self, answer: str = "no", **more: str) -> Second:
        assert self.client.post(f"{self.key}alone/", {"answer": answer, **more}).status_code == 303
        return self

    def accepts(self) -> int:
        """Say yes to the time that is shown, and return the status of the answer."""
        seen = appointment_of(self.key).pk
        return self.client.post(f"{self.key}accept/", {"appointment": seen}).status_code


def asked_couple(**search: Any) -> tuple[First, str]:
    """Return someone who has asked their partner, and the partner's link."""
    first = First().proves(**search).speaks()
    return first, first.asks()


def two_of_them(*, needs: dict[str, Any] | None = None, **search: Any) -> tuple[First, Second]:
    """Return two people of whom the second is about to answer."""
    first, link = asked_couple(**search)
    return first, Second().joins(link, needs=needs).proves().speaks()


def link_sent(email: str) -> str:
    """Return the path of the newest link that was sent to an address."""
    for message in Message.objects.order_by("-created_at"):
        found = re.search(r"http://testserver(/partner/\S+)", message.body)
        if message.to == email and found is not None:
            return found[1]
    raise AssertionError("no link was sent")


def screen(client: Client, key: str) -> str:
    """Return what someone's own page shows."""
    response = client.get(key, follow=True)
    return response.content.decode()


def couple_of(key: str) -> Couple:
    found = booking_of(key).couple
    assert found is not None
    return found


def sent_to(email: str) -> list[Message]:
    """Return the messages to an address, in order."""
    return [message for message in Message.objects.order_by("created_at", "pk") if message.to == email]


def live(therapist_id: int | None = None) -> list[Appointment]:
    """Return what occupies a time now."""
    rows = Appointment.objects.filter(status__in=["held", "confirmed"])
    return list(rows if therapist_id is None else rows.filter(therapist_id=therapist_id))


def bookings_of(couple: Couple) -> list[Booking]:
    return list(couple.bookings.order_by("place"))
