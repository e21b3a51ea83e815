"""What the worker does for this room."""

from __future__ import annotations

from datetime import date

import pytest

from nearer.scheduling import api, tasks
from nearer.scheduling.tests.rows import NOW, a_hold, a_therapist
from nearer.scheduling.tests.test_holding import expire

pytestmark = pytest.mark.django_db


def test_the_worker_releases_holds_whose_time_is_over() -> None:
    card = a_hold(a_therapist())
    expire(card.id)
    assert tasks.expire_holds(timestamp=0) == 1
    assert api.appointment(card.id).status == "released"


def test_the_worker_clears_pauses_that_are_over() -> None:
    api.pause(therapist_id=a_therapist(), until=date(2020, 1, 1), now=NOW)
    assert tasks.end_pauses(timestamp=0) == 1
    assert tasks.end_pauses(timestamp=0) == 0
