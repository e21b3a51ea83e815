"""What follows from a policy, whatever it says; and which policies are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.care.rules.policy import (
    FIRST_TIME,
    FREE,
    GRACE,
    LATE,
    MISSED,
    THEIRS,
    Booking,
    Cancelling,
    Policy,
    Waivers,
    free_until,
    let_off,
    what_if_cancelled,
    what_if_missed,
)
from nearer.care.rules.policy_file import PolicyWrong, as_data, contradictions, from_data, from_text
from nearer.foundation.timerange import TimeRange

START = datetime(2035, 3, 6, 14, tzinfo=UTC)
SESSION = TimeRange.lasting(START, timedelta(minutes=50))
DEFAULT = Path(__file__).parents[1] / "data/policy.toml"
CHARGING = Policy("t", cancelling=Cancelling(24, 60, 4000, 8000), waivers=Waivers(first_time=False))

moments = st.datetimes(datetime(2035, 2, 1), datetime(2035, 3, 7)).map(lambda at: at.replace(tzinfo=UTC))


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    late = draw(st.integers(0, 10_000))
    cancelling = Cancelling(
        draw(st.integers(1, 168)), draw(st.integers(1, 1440)), late, late + draw(st.integers(0, 10_000))
    )
    return Policy("t", cancelling=cancelling, waivers=Waivers(first_time=draw(st.booleans())))


@given(policies(), moments, moments, st.integers(0, 3))
def test_cancelling_earlier_never_costs_more(policy: Policy, one: datetime, other: datetime, earlier: int) -> None:
    first, then = sorted((one, other))
    cost = [what_if_cancelled(policy, SESSION, at, "client", earlier=earlier).fee_cents for at in (first, then)]
    assert cost[0] <= cost[1]


@given(policies(), moments, st.integers(0, 3), moments)
def test_no_cancellation_costs_more_than_not_coming(
    policy: Policy, now: datetime, earlier: int, booked_at: datetime
) -> None:
    missed = what_if_missed(policy, SESSION, earlier=earlier).fee_cents
    cancelled = what_if_cancelled(policy, SESSION, now, "client", earlier=earlier, booked_at=booked_at)
    assert 0 <= cancelled.fee_cents <= cancelled.full_cents <= policy.cancelling.missed_fee_cents
    assert cancelled.fee_cents <= missed


@given(policies(), moments, st.sampled_from(["therapist", "operator"]), st.integers(0, 3))
def test_nobody_owes_anything_where_the_therapist_or_the_practice_cancels(
    policy: Policy, now: datetime, by: str, earlier: int
) -> None:
    found = what_if_cancelled(policy, SESSION, now, by, earlier=earlier)
    assert (found.kind, found.fee_cents, found.full_cents) == (THEIRS, 0, 0)


@given(policies(), moments, moments)
def test_up_to_the_last_free_instant_it_is_free_and_after_it_is_not(
    policy: Policy, now: datetime, booked_at: datetime
) -> None:
    found = what_if_cancelled(policy, SESSION, now, "client", booked_at=booked_at)
    on_time = now <= free_until(policy, SESSION, booked_at=booked_at) and now < START
    assert (found.kind == FREE) == on_time


@given(policies(), moments)
def test_whoever_books_late_has_the_grace_and_never_less_than_the_window(policy: Policy, booked_at: datetime) -> None:
    until = free_until(policy, SESSION, booked_at=booked_at)
    assert until >= free_until(policy, SESSION)
    assert until <= max(START, free_until(policy, SESSION))


@given(policies(), st.sampled_from(["illness", "made up", ""]))
def test_a_fee_is_let_go_only_for_what_was_agreed(policy: Policy, reason: str) -> None:
    owed = what_if_missed(policy, SESSION, earlier=1)
    off = let_off(owed, policy, reason)
    assert off.full_cents == owed.full_cents
    assert off.fee_cents == (0 if reason == "illness" else owed.fee_cents)


@given(policies())
def test_a_policy_is_read_again_as_it_was_kept(policy: Policy) -> None:
    assert from_data(as_data(policy)) == policy


def test_the_first_time_is_let_go_and_the_second_is_not() -> None:
    policy = replace(CHARGING, waivers=Waivers(first_time=True))
    late = START - timedelta(hours=1)
    first = what_if_cancelled(policy, SESSION, late, "client", earlier=0)
    second = what_if_cancelled(policy, SESSION, late, "client", earlier=1)
    assert (first.kind, first.fee_cents, first.full_cents, first.waived) == (LATE, 0, 4000, FIRST_TIME)
    assert (second.fee_cents, second.waived) == (4000, "")


def test_the_window_is_counted_in_hours_not_in_clock_faces() -> None:
    """On the night the clocks change, 24 hours are 24 hours."""
    session = TimeRange.lasting(datetime(2035, 3, 11, 14, tzinfo=UTC), timedelta(hours=1))
    assert free_until(CHARGING, session) == datetime(2035, 3, 10, 14, tzinfo=UTC)


def test_a_time_that_was_booked_within_the_window_may_be_cancelled_for_an_hour() -> None:
    booked = START - timedelta(hours=10)
    found = what_if_cancelled(CHARGING, SESSION, booked + timedelta(minutes=59), "client", booked_at=booked)
    assert (found.kind, found.waived) == (FREE, GRACE)
    after = what_if_cancelled(CHARGING, SESSION, booked + timedelta(minutes=61), "client", booked_at=booked)
    assert (after.kind, after.fee_cents) == (LATE, 4000)


def test_a_session_that_has_begun_is_missed_not_cancelled() -> None:
    found = what_if_cancelled(CHARGING, SESSION, START, "client")
    assert (found.kind, found.fee_cents) == (MISSED, 8000)


def test_the_policy_that_comes_with_it_is_read_charges_nothing_and_is_the_usual_one() -> None:
    policy = from_text(DEFAULT.read_text())
    assert not policy.charges
    assert policy == Policy(policy.version)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({}, "Give the policy a version"),
    ({"version": 3}, "Give the policy a version"),
    ({"version": "x" * 41}, "Give the policy a version"),
    ({"version": "a", "fees": {}}, "“fees”, which we don't know"),
    ({"version": "a", "booking": 3}, "write \\[booking\\]"),
    ({"version": "a", "booking": {"lead": 3}}, "booking.lead, which we don't know"),
    ({"version": "a", "booking": {"lead_days": "1"}}, "booking.lead_days .* from 0 to 14"),
    ({"version": "a", "booking": {"lead_days": True}}, "booking.lead_days .* from 0 to 14"),
    ({"version": "a", "cancelling": {"late_fee_cents": -1}}, "from 0 to 50000"),
    ({"version": "a", "waivers": {"first_time": 1}}, "true or false"),
    ({"version": "a", "waivers": {"reasons": ["weather"]}}, "illness, emergency, safety, technical"),
    ({"version": "a", "waivers": {"reasons": ["illness", "illness"]}}, "each once"),
    ({"version": "a", "cancelling": {"late_fee_cents": 4000}}, "costs less than cancelling late"),
    (
        {"version": "a", "cancelling": {"free_until_hours": 0, "late_fee_cents": 1, "missed_fee_cents": 1}},
        "no cancellation is ever late",
    ),
    ({"version": "a", "cancelling": {"free_until_hours": 0}}, "with free_until_hours = 0 nobody does"),
    (
        {
            "version": "a",
            "cancelling": {"free_until_hours": 48, "grace_minutes": 0, "late_fee_cents": 1, "missed_fee_cents": 1},
        },
        "could never be cancelled without the late fee",
    ),
]


@pytest.mark.parametrize(("data", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_a_policy_that_can_not_be_meant_is_refused_with_a_sentence(data: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PolicyWrong, match=sentence):
        from_data(data)


def test_what_is_no_toml_is_refused_with_a_sentence() -> None:
    with pytest.raises(PolicyWrong, match="no TOML file"):
        from_text("version = ")


def test_a_longer_lead_needs_no_grace() -> None:
    cancelling = Cancelling(48, 0, 1000, 1000)
    assert not list(contradictions(Policy("t", booking=Booking(lead_days=2), cancelling=cancelling)))
