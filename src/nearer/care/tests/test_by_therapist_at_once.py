"""A therapist and a client who act on one appointment at the same moment: it ends one way, with nothing left behind."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from nearer.care import api
from nearer.care.models import Booking, Outcome, Proposal
from nearer.care.operations.accepting import accept
from nearer.care.operations.booking import cancel
from nearer.care.operations.proposals import decline
from nearer.care.tests.builders import booking_of, confirmed, someone_free
from nearer.care.tests.test_by_therapist import SITE, ask_to_move, of
from nearer.foundation import clock
from nearer.outbox.models import Message
from nearer.scheduling.models import Appointment
from nearer.scheduling.tests.races import race

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def booking(client: Client) -> Booking:
    someone_free()
    return booking_of(confirmed(client))


def statuses() -> list[str]:
    return sorted(Appointment.objects.values_list("status", flat=True))


@pytest.mark.parametrize("_round", range(3))
def test_yes_no_and_two_cancellations_at_once_leave_no_hold_behind(booking: Booking, _round: int) -> None:
    ask_to_move(booking)
    now = clock.now()
    ended = race(
        [
            partial(accept, booking_id=booking.pk, site=SITE, now=now),
            partial(accept, booking_id=booking.pk, site=SITE, now=now),
            partial(decline, booking_id=booking.pk, now=now),
            partial(cancel, booking_id=booking.pk, site=SITE, now=now),
            partial(api.cancel_by_therapist, **of(booking), site=SITE, now=now),
        ]
    )
    assert ended["deadlock"] == 0
    assert statuses() == ["cancelled", "released"]
    assert Proposal.objects.get().answer in {"accepted", "declined", "withdrawn"}
    assert Outcome.objects.count() == 1
    assert Message.objects.filter(kind="cancelled").count() == 1


def test_asking_many_times_at_once_leaves_one_question_and_one_hold(booking: Booking) -> None:
    start = ask_to_move(booking).hold.session.lower
    asks = [
        partial(api.move_by_therapist, **of(booking), start=start - timedelta(hours=hour), site=SITE, now=clock.now())
        for hour in (1, 2, 3)
    ]
    assert race(asks)["deadlock"] == 0
    assert Proposal.objects.filter(answer="").count() == 1
    assert statuses().count("held") == 1
