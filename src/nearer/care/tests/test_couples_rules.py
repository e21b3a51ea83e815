"""The arithmetic of two people and one time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.care.rules import couples
from nearer.care.rules.couples import ENDED, FIRST, SAID, SECOND, STATUSES, Said, alone, from_kept, together
from nearer.foundation.timerange import TimeRange

ZONE = "America/New_York"
START = datetime(2026, 11, 24, 14, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize("may_read", [True, False])
@pytest.mark.parametrize("answer", SAID)
def test_what_was_said_alone_is_as_long_whatever_was_said(answer: str, may_read: bool) -> None:
    kept = Said(answer, may_read).kept()
    assert len(kept) == couples.ASIDE_LENGTH
    assert from_kept(kept) == Said(answer, may_read)


def test_a_session_of_two_begins_with_a_part_for_each_alone_and_nobody_waits_in_between() -> None:
    session = TimeRange.lasting(START, timedelta(minutes=75))
    first, second, both = alone(session, FIRST, QUARTER), alone(session, SECOND, QUARTER), together(session, QUARTER)
    assert (first.start, first.end, second.end, both.end) == (session.start, second.start, both.start, session.end)
    assert first.length == second.length == QUARTER


def test_what_has_ended_goes_on_nowhere_and_nothing_is_ready_but_by_accepting() -> None:
    assert all(couples.after(step, ENDED) is None for step in couples.STEPS)
    assert {step for step in couples.STEPS for each in STATUSES if couples.after(step, each) == "ready"} == {"accept"}


def test_a_time_waits_for_the_other_but_never_beyond_its_own_start() -> None:
    now = START - timedelta(hours=30)
    assert couples.keeps_until(now, timedelta(hours=24), START) == now + timedelta(hours=24)
    assert couples.keeps_until(now, timedelta(hours=48), START) == START


@given(day=st.dates(date(2026, 1, 1), date(2030, 1, 1)), zone=st.sampled_from([ZONE, "America/Los_Angeles", "UTC"]))
def test_a_local_day_is_all_that_has_its_date(day: date, zone: str) -> None:
    found = couples.day_range(day, zone)
    hours = found.length / timedelta(hours=1)
    assert hours in {23, 24, 25}
    assert couples.day_of(found.start, zone) == couples.day_of(found.end - timedelta(microseconds=1), zone) == day
    assert couples.local_day(found.start + timedelta(hours=5), zone) == found
