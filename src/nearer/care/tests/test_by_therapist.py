"""What a therapist does with an appointment, and what their client is told and offered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from nearer.care import api
from nearer.care.models import Booking, Outcome, Proposal
from nearer.care.operations.accepting import accept
from nearer.care.operations.booking import cancel, move
from nearer.care.operations.proposals import decline
from nearer.care.tests.builders import appointment_of, asked, booking_of, choices, confirmed, held, someone_free
from nearer.foundation import clock
from nearer.foundation.timerange import TimeRange
from nearer.outbox.models import Message
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Appointment

pytestmark = pytest.mark.django_db

SITE = "https://example.org"
FEES = """
version = "fees"
[cancelling]
late_fee_cents = 4000
missed_fee_cents = 8000
[waivers]
first_time = false
reasons = ["illness"]
"""


@pytest.fixture
def booking(client: Client) -> Booking:
    someone_free()
    return booking_of(confirmed(client))


@pytest.fixture
def fees(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(FEES)
    settings.NEARER_POLICY = str(path)


def of(booking: Booking) -> dict[str, Any]:
    row = Appointment.objects.get(pk=booking.appointment_id)
    return {"appointment_id": row.pk, "therapist_id": row.therapist_id}


def free_start(booking: Booking) -> Any:
    card = scheduling.appointment(booking.appointment_id)
    window = TimeRange.lasting(clock.now(), timedelta(days=14))
    return scheduling.openings_for(
        card.therapist_id,
        length=card.session.length,
        window=window,
        client_zone=booking.time_zone,
        now=clock.now(),
        further=True,
    )[-1].start


def ask_to_move(booking: Booking) -> Proposal:
    start = free_start(booking)
    api.move_by_therapist(**of(booking), start=start, site=SITE, now=clock.now())
    return Proposal.objects.get(booking=booking, answer="")


def test_a_cancellation_by_the_therapist_costs_nothing_and_tells_the_client_where_to_look(booking: Booking) -> None:
    api.cancel_by_therapist(**of(booking), site=SITE, now=clock.now())
    api.cancel_by_therapist(**of(booking), site=SITE, now=clock.now())
    row = Appointment.objects.get(pk=booking.appointment_id)
    assert (row.status, row.cancelled_by) == ("cancelled", "therapist")
    assert (Outcome.objects.get().kind, Outcome.objects.get().fee_cents) == ("theirs", 0)
    message = Message.objects.get(kind="cancelled")
    assert message.subject == "Your time is cancelled"
    assert message.calendar_method == "CANCEL"
    assert f"{SITE}/booking/" in message.body
    assert "You owe nothing" in message.body


def test_a_time_that_a_therapist_cannot_keep_is_offered_to_nobody(client: Client, booking: Booking) -> None:
    start = appointment_session(booking).lower.isoformat()
    answer = asked(client)
    api.cancel_by_therapist(**of(booking), site=SITE, now=clock.now())
    offered = [each["start"] for each in choices(client, answer)]
    assert offered
    assert start not in offered


@pytest.mark.parametrize("word", ["therap", "couns", "psych", "session", "licens"])
def test_messages_about_changes_hold_no_clinical_word(booking: Booking, word: str) -> None:
    ask_to_move(booking)
    api.cancel_by_therapist(**of(booking), site=SITE, now=clock.now())
    for message in Message.objects.filter(kind__in=["cancelled", "asked"]):
        said = message.body.replace(message.to, "").lower() + message.subject.lower() + message.calendar.lower()
        assert word not in said.replace(booking_name(booking).lower(), "")


def booking_name(booking: Booking) -> str:
    return str(api.clients_of(of(booking)["therapist_id"], ahead())[0].told.name)


def ahead() -> TimeRange:
    return TimeRange.lasting(clock.now() - timedelta(days=1), timedelta(days=40))


def test_nobody_acts_on_an_appointment_of_someone_elses(booking: Booking) -> None:
    other = {"appointment_id": booking.appointment_id, "therapist_id": of(booking)["therapist_id"] + 1}
    now = clock.now()
    for act in (
        lambda: api.cancel_by_therapist(**other, site=SITE, now=now),
        lambda: api.move_by_therapist(**other, start=free_start(booking), site=SITE, now=now),
        lambda: api.complete(**other, now=now),
        lambda: api.miss(**other, now=now),
        lambda: api.consequences_of(**other, now=now),
    ):
        with pytest.raises(scheduling.AppointmentUnknown):
            act()
    assert Appointment.objects.get(pk=booking.appointment_id).status == "confirmed"


def test_another_time_is_held_until_the_client_answers_and_theirs_stays(booking: Booking) -> None:
    before = appointment_session(booking)
    proposal = ask_to_move(booking)
    assert appointment_session(booking) == before
    assert proposal.hold.status == "held"
    assert not proposal.hold.is_intake
    message = Message.objects.get(kind="asked")
    assert message.subject == "A question about your time"
    assert "Your time stays yours unless you say yes" in message.body


def appointment_session(booking: Booking) -> Any:
    return Appointment.objects.get(pk=booking.appointment_id).session


def test_asking_for_the_same_time_twice_is_asking_once_and_for_another_replaces_it(booking: Booking) -> None:
    first = ask_to_move(booking)
    api.move_by_therapist(**of(booking), start=first.hold.session.lower, site=SITE, now=clock.now())
    assert Proposal.objects.count() == 1
    second = ask_to_move(booking)
    first.refresh_from_db()
    assert (first.answer, first.hold.status) == ("withdrawn", "released")
    assert second.pk != first.pk


def test_saying_yes_moves_it_and_saying_it_twice_is_saying_it(booking: Booking) -> None:
    proposal = ask_to_move(booking)
    for _ in range(2):
        accept(booking_id=booking.pk, site=SITE, now=clock.now())
    assert appointment_session(booking) == proposal.hold.session
    assert Message.objects.filter(kind="moved").count() == 1
    proposal.refresh_from_db()
    assert proposal.answer == "accepted"


def test_saying_no_keeps_the_time_and_frees_the_other(booking: Booking) -> None:
    before, proposal = appointment_session(booking), ask_to_move(booking)
    for _ in range(2):
        decline(booking_id=booking.pk, now=clock.now())
    proposal.refresh_from_db()
    assert (proposal.answer, proposal.hold.status) == ("declined", "released")
    assert appointment_session(booking) == before


def test_saying_yes_too_late_keeps_the_time(booking: Booking) -> None:
    before = appointment_session(booking)
    proposal = ask_to_move(booking)
    Proposal.objects.filter(pk=proposal.pk).update(until=clock.now())
    with pytest.raises(scheduling.HoldExpired, match="Your own time stays"):
        accept(booking_id=booking.pk, site=SITE, now=clock.now())
    assert appointment_session(booking) == before


def test_a_client_who_moves_or_cancels_by_themselves_has_answered(booking: Booking) -> None:
    proposal = ask_to_move(booking)
    move(booking_id=booking.pk, start=free_start(booking), site=SITE, now=clock.now())
    proposal.refresh_from_db()
    assert (proposal.answer, proposal.hold.status) == ("withdrawn", "released")
    second = ask_to_move(booking)
    cancel(booking_id=booking.pk, site=SITE, now=clock.now())
    second.refresh_from_db()
    assert (second.answer, second.hold.status) == ("withdrawn", "released")


def test_a_session_is_completed_or_missed_by_its_therapist(booking: Booking) -> None:
    with pytest.raises(scheduling.NotAllowed, match="not begun"):
        api.complete(**of(booking), now=clock.now())
    api.complete(**of(booking), now=appointment_session(booking).lower + timedelta(minutes=1))
    assert Appointment.objects.get(pk=booking.appointment_id).status == "completed"


def test_nobody_is_said_to_have_missed_a_session_before_the_agreed_wait_is_over(booking: Booking) -> None:
    start = appointment_session(booking).lower
    with pytest.raises(scheduling.NotAllowed, match="not begun"):
        api.miss(**of(booking), now=start - timedelta(minutes=1))
    with pytest.raises(scheduling.NotAllowed, match="15 minutes"):
        api.miss(**of(booking), now=start + timedelta(minutes=14))
    api.miss(**of(booking), now=start + timedelta(minutes=15))
    assert Outcome.objects.get().fee_cents == 0


@pytest.mark.usefixtures("fees")
def test_missing_costs_what_was_agreed_and_the_therapist_may_let_it_go(client: Client) -> None:
    someone_free()
    first = booking_of(confirmed(client))
    other = booking_of(confirmed(client, held(client, choice=2)))
    late = max(appointment_session(each).upper for each in (first, other))
    assert api.consequences_of(**of(first), now=clock.now()).reasons == ("illness",)
    with pytest.raises(scheduling.NotAllowed, match="none of the reasons"):
        api.miss(**of(first), now=late, let_go="weather")
    api.miss(**of(first), now=late)
    api.miss(**of(other), now=late, let_go="illness")
    owed = dict(Outcome.objects.values_list("booking_id", "fee_cents"))
    assert owed == {first.pk: 8000, other.pk: 0}


@pytest.mark.usefixtures("fees")
def test_what_was_agreed_stays_agreed_when_the_policy_changes(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    someone_free()
    row = booking_of(confirmed(client))
    path = tmp_path / "other.toml"
    path.write_text(FEES.replace("8000", "9000").replace('"fees"', '"dearer"'))
    settings.NEARER_POLICY = str(path)
    assert api.policy_in_force().cancelling.missed_fee_cents == 9000
    assert api.policy_for(row.pk).version == "fees"
    assert any("$80" in line for line in api.terms_text(row.pk))


@pytest.mark.usefixtures("fees")
def test_a_client_who_cancels_late_owes_what_was_agreed(client: Client) -> None:
    someone_free()
    row = booking_of(confirmed(client))
    with time_machine.travel(appointment_session(row).lower - timedelta(hours=1), tick=False):
        cancel(booking_id=row.pk, site=SITE, now=clock.now())
    outcome = Outcome.objects.get()
    assert (outcome.kind, outcome.fee_cents) == ("late", 4000)


def test_a_therapist_sees_who_comes_and_what_they_chose_to_tell(booking: Booking) -> None:
    (visit,) = api.clients_of(of(booking)["therapist_id"], ahead())
    assert (visit.booking_id, visit.client.called, visit.is_new) == (booking.pk, "Alex", True)
    assert visit.appointment.status == "confirmed"
    assert (visit.asked, visit.note, visit.outcome) == (None, "", "")
    assert api.clients_of(of(booking)["therapist_id"] + 1, ahead()) == ()


def test_a_therapist_sees_nobody_who_only_holds_a_time(client: Client) -> None:
    someone_free()
    row = appointment_of(held(client))
    assert api.clients_of(row.therapist_id, ahead()) == ()


def test_seeing_three_clients_takes_as_many_queries_as_seeing_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    someone_free()
    first = booking_of(confirmed(client))
    for choice in range(2):
        answer = asked(client)
        confirmed(client, held(client, answer, choice=min(choice + 2, len(choices(client, answer)) - 1)))
    ask_to_move(first)
    with django_assert_max_num_queries(8):
        visits = api.clients_of(of(first)["therapist_id"], ahead())
    assert len(visits) == 3
