"""Two people and one time, each in a browser of their own."""

from __future__ import annotations

import pytest

from nearer.care.tests.builders import appointment_of, booking_of
from nearer.care.tests.couples import (
    ALEX,
    SAM,
    asked_couple,
    for_couples,
    screen,
    sent_to,
    two_of_them,
)
from nearer.scheduling.models import Attendance

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_people_in_two_states_book_one_time_and_each_has_a_record_of_their_own() -> None:
    for_couples(given_name="Ada", family_name="Okafor")
    first, second = two_of_them()
    assert "Waiting for the other person" in screen(first.client, first.key)
    assert "Does this time suit you?" in screen(second.client, second.key)
    assert second.accepts() == 303
    for one in (first, second):
        assert "Your time is confirmed" in screen(one.client, one.key)
    mine, theirs = booking_of(first.key), booking_of(second.key)
    assert mine.appointment_id == theirs.appointment_id
    assert mine.client_id != theirs.client_id
    assert Attendance.objects.filter(appointment_id=mine.appointment_id, status="confirmed").count() == 2
    assert [m.kind for m in sent_to(ALEX)].count("confirmed") == [m.kind for m in sent_to(SAM)].count("confirmed") == 1


def test_nothing_is_confirmed_until_the_other_person_agrees() -> None:
    for_couples()
    first, _ = asked_couple()
    assert first.client.post(f"{first.key}confirm/").status_code == 303
    assert appointment_of(first.key).status == "held"
