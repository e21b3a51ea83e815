"""The waiting list and reminders, in a real browser: joined, offered, taken, left; with and without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from nearer.care.models import Wait
from nearer.care.operations import reminders, waiting
from nearer.care.operations.waiting import offering
from nearer.care.tests.builders import asked, code_sent, someone_free
from nearer.directory.models import Therapist
from nearer.foundation import clock
from nearer.matching.api import project_stale
from nearer.outbox.models import Message
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Appointment
from tests.test_journey_in_browser import Visitor, first_time, visitor, when_they_say_who_they_are

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["visitor"]


@pytest.fixture(autouse=True)
def _by_day(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NEARER_SITE = "https://care.example.org"
    monkeypatch.setattr(offering, "may_be_woken", lambda _now, _zone: True)


def given_nobody_free() -> Therapist:
    therapist = someone_free(given_name="Ada", family_name="Okafor")
    until = (clock.now() + timedelta(days=400)).date()
    scheduling.pause(therapist_id=therapist.pk, until=until, now=clock.now())
    project_stale(now=clock.now())
    return therapist


def when_they_come_back(therapist: Therapist) -> None:
    scheduling.pause(therapist_id=therapist.pk, until=None, now=clock.now())
    project_stale(now=clock.now())
    assert waiting.offer_all(now=clock.now()) == 1


def link_in(message: Message) -> str:
    found = re.search(r"https://care\.example\.org(\S+)", message.body)
    assert found is not None
    return found[1]


def when_they_join(visitor: Visitor) -> None:
    visitor.opens("/")
    visitor.picks("Who is it for?", "Me Someone to talk to")
    visitor.selects("Which state will you be in?", "Massachusetts")
    visitor.presses("Continue")
    visitor.selects("The plan on your card", "I’ll pay myself")
    visitor.presses("See therapists")
    visitor.follows("Tell me when something opens")
    visitor.presses("Tell me")
    visitor.sees("Enter your e-mail.")
    visitor.types(email="alex@example.org")
    visitor.presses("Tell me")
    visitor.types(code=code_sent())
    visitor.presses("Put me on the list")
    visitor.sees("You will be told")


def test_being_told_of_an_opening_and_taking_it(visitor: Visitor) -> None:
    therapist = given_nobody_free()
    when_they_join(visitor)
    assert visitor.page.context.cookies() == []
    when_they_come_back(therapist)
    visitor.opens(link_in(Message.objects.get(kind="waiting")))
    visitor.sees("It is held for you until")
    visitor.presses("Take this time")
    when_they_say_who_they_are(visitor)
    visitor.types(code=code_sent())
    visitor.presses("Confirm the time")
    visitor.sees("Your time is confirmed")
    assert not Wait.objects.exists()


def test_passing_it_on_and_leaving(visitor: Visitor) -> None:
    therapist = given_nobody_free()
    when_they_join(visitor)
    when_they_come_back(therapist)
    visitor.opens(link_in(Message.objects.get(kind="waiting")))
    visitor.presses("Pass it on")
    visitor.sees("You will be told")
    visitor.follows("Leave the list")
    visitor.presses("Leave the list")
    visitor.sees("You have left the list")
    visitor.page.go_back()
    visitor.page.reload()
    visitor.sees("You are not on the list")


def test_an_earlier_time_and_how_to_be_reminded(visitor: Visitor) -> None:
    someone_free(given_name="Ada", family_name="Okafor")
    visitor.opens(urlsplit(asked_here()).path)
    visitor.presses(first_time(visitor))
    when_they_say_who_they_are(visitor)
    visitor.types(code=code_sent())
    visitor.presses("Confirm the time")
    booking = visitor.page.url
    visitor.follows("Choose how we remind you")
    visitor.page.get_by_label("Remind me by e-mail").check()
    visitor.picks("How much may a reminder say?", "Only when")
    visitor.presses("Save")
    visitor.sees("Saved. It holds for all your times.")
    visitor.page.goto(booking)
    visitor.follows("Find an earlier time")
    visitor.presses("Tell me of an earlier time")
    visitor.sees("Your time stays yours")


def test_ending_reminders_from_the_message(visitor: Visitor) -> None:
    someone_free(given_name="Ada", family_name="Okafor")
    visitor.opens(urlsplit(asked_here()).path)
    visitor.presses(first_time(visitor))
    when_they_say_who_they_are(visitor)
    visitor.types(code=code_sent())
    visitor.presses("Confirm the time")
    taken = Appointment.objects.get()
    Appointment.objects.update(confirmed_at=clock.now() - timedelta(days=9))
    reminders.plan(now=taken.session.lower - timedelta(hours=1))
    message = Message.objects.get(kind="reminder")
    visitor.opens(urlsplit(message.stop).path)
    visitor.presses("Stop reminding me")
    visitor.sees("nothing is cancelled")
    visitor.presses("Remind me again")
    visitor.sees("You will be reminded again")
    assert Appointment.objects.get().status == "confirmed"


def asked_here() -> str:
    """Return the address of an answer, walked to by a visitor of no browser."""
    return asked(Client())
