"""After a time is confirmed, in a real browser: meeting regularly, another time that is asked for, looking again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from nearer.care import api
from nearer.care.models import Booking
from nearer.care.tests.builders import appointment_of, asked, code_sent, someone_free
from nearer.foundation import clock
from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Appointment
from tests.test_journey_in_browser import Visitor, first_time, visitor, when_they_say_who_they_are

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["visitor"]

DIRECT = {"style": ["direct"], "language": ["en"]}
GENTLE = {"style": ["gentle"], "language": ["en"]}


def given_a_confirmed_time(visitor: Visitor) -> str:
    """Book with Ada, whose way is direct, while nobody else is there; return the booking's address."""
    someone_free(given_name="Ada", family_name="Okafor", traits=DIRECT)
    visitor.opens(urlsplit(asked(Client())).path)
    visitor.presses(first_time(visitor))
    assert visitor.page.get_by_role("heading", name="If plans change").is_visible()
    when_they_say_who_they_are(visitor)
    visitor.types(code=code_sent())
    visitor.presses("Confirm the time")
    visitor.sees("Your time is confirmed")
    return urlsplit(visitor.page.url).path


def theirs(booking: str) -> dict[str, Any]:
    row = appointment_of(booking)
    return {"appointment_id": row.pk, "therapist_id": row.therapist_id, "site": "https://example.org"}


def test_meeting_regularly_and_cancelling_one_of_the_times(visitor: Visitor) -> None:
    given_a_confirmed_time(visitor)
    visitor.follows("Meet regularly at this time")
    visitor.sees("Meet regularly?")
    visitor.picks("How many more times?", "2")
    visitor.page.get_by_role("button", name="Show these days").click()
    visitor.page.wait_for_url("**count=2**")
    days = visitor.page.get_by_role("checkbox")
    offered = days.count()
    assert all(days.nth(place).is_checked() for place in range(offered))
    visitor.presses("Book these times")
    visitor.sees("Your other times")
    assert Appointment.objects.filter(status="confirmed").count() == 1 + offered
    visitor.page.locator("section[aria-labelledby=others] a").first.click()
    visitor.page.wait_for_load_state()
    visitor.follows("Cancel it")
    visitor.sees("This is on time. Nothing is owed.")
    visitor.presses("Cancel this time")
    visitor.sees("This time is cancelled")
    assert Appointment.objects.filter(status="confirmed").count() == offered


def test_saying_yes_to_another_time_that_the_therapist_asks_for(visitor: Visitor) -> None:
    booking = given_a_confirmed_time(visitor)
    row = appointment_of(booking)
    free = scheduling.openings_for(
        row.therapist_id,
        length=row.session.upper - row.session.lower,
        window=TimeRange.lasting(clock.now(), timedelta(days=20)),
        client_zone="America/New_York",
        now=clock.now(),
        further=True,
    )
    api.move_by_therapist(**theirs(booking), start=free[-1].start, now=clock.now())
    visitor.opens(booking)
    visitor.sees("Could you meet at another time?")
    visitor.presses("Yes, move it")
    visitor.sees("Moved. Your old time is free again.")
    assert appointment_of(booking).session.lower == free[-1].start


def test_looking_again_after_a_fit_that_was_not_one(visitor: Visitor) -> None:
    given_a_confirmed_time(visitor)
    someone_free(given_name="Ben", family_name="Rivera", traits=GENTLE)
    someone_free(given_name="Cleo", family_name="Stone", traits=DIRECT)
    visitor.follows("This isn’t the right fit")
    visitor.sees("You owe nothing for looking again")
    visitor.page.get_by_label("Their way: Direct").check()
    visitor.types(note="Please ask, and wait.")
    visitor.page.locator("input[name=cancel]").first.check()
    visitor.presses("Show me others")
    visitor.sees("Ben Rivera")
    visitor.sees("Not: Direct")
    assert not visitor.page.get_by_text("Cleo Stone").count()
    visitor.presses(first_time(visitor))
    visitor.sees("Shall we confirm this time?")
    visitor.presses("Confirm the time")
    visitor.sees("Alex, it is yours")
    assert sorted(Booking.objects.values_list("appointment__status", flat=True)) == ["cancelled", "confirmed"]


def test_others_are_offered_when_the_therapist_cancels(visitor: Visitor) -> None:
    booking = given_a_confirmed_time(visitor)
    someone_free(given_name="Ben", family_name="Rivera", traits=GENTLE)
    api.cancel_by_therapist(**theirs(booking), now=clock.now())
    visitor.opens(booking)
    visitor.sees("can’t keep")
    visitor.sees("The next times with Ada Okafor")
    visitor.follows("Ben Rivera")
    visitor.presses(first_time(visitor))
    visitor.sees("Shall we confirm this time?")
