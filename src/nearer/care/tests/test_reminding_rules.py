"""When reminders fall due: each once, none for what was taken later, none that is of no use any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.care.rules.reminding import due, lateness, starts

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOURS = (48, 24, 1)
AHEAD = timedelta(minutes=30)
MONTH = 10 * 24 * 60

minutes = st.integers(0, MONTH).map(lambda number: timedelta(minutes=number))
lists_of_hours = st.lists(st.integers(1, 96), max_size=4, unique=True)


def hours_due(session: datetime, known_since: datetime, now: datetime) -> list[int]:
    return [each.hours for each in due(session, known_since=known_since, hours=HOURS, now=now, ahead=AHEAD)]


def test_two_days_one_day_and_an_hour_before() -> None:
    session = NOW + timedelta(days=9)
    for hours in HOURS:
        assert hours_due(session, NOW, session - timedelta(hours=hours)) == [hours]


def test_what_was_taken_later_than_its_reminder_is_not_reminded_of() -> None:
    session = NOW + timedelta(hours=30)
    seen = {hours for minute in range(30 * 60) for hours in hours_due(session, NOW, NOW + timedelta(minutes=minute))}
    assert seen == {24, 1}


def test_a_reminder_may_be_late_by_a_quarter_of_its_lead() -> None:
    session = NOW + timedelta(days=9)
    assert lateness(48) == timedelta(hours=12)
    assert hours_due(session, NOW, session - timedelta(hours=37)) == [48]
    assert hours_due(session, NOW, session - timedelta(hours=36)) == []
    assert hours_due(session, NOW, session - timedelta(minutes=44)) == []


@settings(deadline=None, max_examples=40)
@given(lead=minutes, every=st.integers(1, 15), hours=lists_of_hours)
def test_whoever_looks_often_enough_sees_each_reminder_and_no_other(
    lead: timedelta, every: int, hours: list[int]
) -> None:
    session = NOW + lead
    seen = set()
    for minute in range(0, int(lead.total_seconds() // 60) + every, every):
        now = NOW + timedelta(minutes=minute)
        found = due(session, known_since=NOW, hours=hours, now=now, ahead=AHEAD)
        seen |= {(each.hours, each.due_at) for each in found}
    expected = {(each, session - timedelta(hours=each)) for each in hours if session - timedelta(hours=each) > NOW}
    assert seen == expected


@given(session=minutes, now=minutes, hours=lists_of_hours)
def test_no_session_is_overlooked_by_the_windows(session: timedelta, now: timedelta, hours: list[int]) -> None:
    begins, moment = NOW + session, NOW + now
    found = list(due(begins, known_since=NOW - timedelta(days=99), hours=hours, now=moment, ahead=AHEAD))
    windows = starts(hours=hours, now=moment, ahead=AHEAD)
    assert not found or any(window.start <= begins < window.end for window in windows)
