"""Events that repeat: exceptions, changed occurrences, and the nights on which clocks are set."""

from __future__ import annotations

import pytest

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.tests.builders import at
from nearer.scheduling.tests.ics import busy, event, reading, troubles

START = "DTSTART;TZID=America/New_York:20270301T090000"
HOUR = "DURATION:PT1H"
WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=3"


def test_a_series_keeps_its_time_on_the_clock() -> None:
    assert busy(event(START, HOUR, WEEKLY)) == [
        "2027-03-01 14:00/15:00",
        "2027-03-08 14:00/15:00",
        "2027-03-15 13:00/14:00",
    ]


def test_a_series_in_utc_keeps_its_instant() -> None:
    found = busy(event("DTSTART:20270301T090000Z", HOUR, WEEKLY))
    assert [each[11:] for each in found] == ["09:00/10:00"] * 3


@pytest.mark.parametrize(
    "left_out",
    [
        "EXDATE;TZID=America/New_York:20270308T090000",
        "EXDATE:20270308T140000Z",
        "EXDATE;TZID=America/Los_Angeles:20270308T060000",
        "EXDATE;VALUE=DATE:20270308",
        "EXDATE;TZID=America/New_York:20270308T090000,20270401T090000",
    ],
)
def test_an_exception_is_left_out_however_it_is_written(left_out: str) -> None:
    found = busy(event(START, HOUR, WEEKLY, left_out))
    assert found == ["2027-03-01 14:00/15:00", "2027-03-15 13:00/14:00"]


@pytest.mark.parametrize(
    "changes",
    [
        "RECURRENCE-ID;TZID=America/New_York:20270308T090000",
        "RECURRENCE-ID:20270308T140000Z",
        "RECURRENCE-ID;TZID=Eastern Standard Time:20270308T090000",
    ],
)
def test_a_changed_occurrence_takes_its_own_time(changes: str) -> None:
    moved = event(changes, "DTSTART:20270309T180000Z", "DTEND:20270309T203000Z")
    assert busy(event(START, HOUR, WEEKLY), moved) == [
        "2027-03-01 14:00/15:00",
        "2027-03-09 18:00/20:30",
        "2027-03-15 13:00/14:00",
    ]


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"])
def test_a_cancelled_or_freed_occurrence_takes_none(line: str) -> None:
    changed = event("RECURRENCE-ID:20270308T140000Z", "DTSTART:20270308T140000Z", HOUR, line)
    assert busy(event(START, HOUR, WEEKLY), changed) == ["2027-03-01 14:00/15:00", "2027-03-15 13:00/14:00"]


def test_an_occurrence_that_moved_out_of_the_window_or_into_it_is_where_it_is() -> None:
    window = TimeRange(at("2027-03-08 00:00"), at("2027-03-09 00:00"))
    out = event("RECURRENCE-ID:20270308T140000Z", "DTSTART:20270320T140000Z", HOUR)
    assert busy(event(START, HOUR, WEEKLY), out, window=window) == []
    into = event("RECURRENCE-ID:20270315T130000Z", "DTSTART:20270308T180000Z", HOUR)
    assert busy(event(START, HOUR, WEEKLY), into, window=window) == ["2027-03-08 14:00/15:00", "2027-03-08 18:00/19:00"]


def test_a_change_of_this_and_all_future_ones_moves_them() -> None:
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/New_York:20270308T090000",
        "DTSTART;TZID=America/New_York:20270308T110000",
        "DURATION:PT30M",
    )
    assert busy(event(START, HOUR, WEEKLY), later) == [
        "2027-03-01 14:00/15:00",
        "2027-03-08 16:00/16:30",
        "2027-03-15 15:00/15:30",
    ]


def test_a_changed_occurrence_that_can_not_be_read_leaves_the_series_as_it_was() -> None:
    moved = event("RECURRENCE-ID:20270308T140000Z", "DTSTART;TZID=Nowhere:20270309T180000", HOUR)
    found = reading(event(START, HOUR, WEEKLY), moved)
    assert [each.why for each in found.troubles] == ["zone"]
    assert len(found.busy) == 3


def test_the_newest_wording_of_an_event_counts() -> None:
    old, new = event(START, HOUR, "SEQUENCE:1"), event(START.replace("T09", "T11"), HOUR, "SEQUENCE:2")
    assert busy(new, old) == ["2027-03-01 16:00/17:00"]


def test_two_events_that_share_an_id_by_mistake_both_count() -> None:
    assert len(busy(event(START, HOUR), event(START.replace("T09", "T11"), HOUR))) == 2


def test_further_dates_count_as_times_and_as_spans() -> None:
    more = event(START, HOUR, "RDATE:20270310T120000Z", "RDATE;VALUE=PERIOD:20270311T120000Z/PT3H")
    assert busy(more) == ["2027-03-01 14:00/15:00", "2027-03-10 12:00/13:00", "2027-03-11 12:00/15:00"]


@pytest.mark.parametrize("until", ["20270308T140000Z", "20270308", "20270308T090000", "20270314T235959Z"])
def test_until_includes_its_own_time_or_day(until: str) -> None:
    assert len(busy(event(START, HOUR, f"RRULE:FREQ=WEEKLY;UNTIL={until}"))) == 2


def test_until_stops_before_what_comes_after_it() -> None:
    assert len(busy(event(START, HOUR, "RRULE:FREQ=WEEKLY;UNTIL=20270308T135959Z"))) == 1


def test_whole_days_repeat_as_days() -> None:
    day = event("DTSTART;VALUE=DATE:20270313", "RRULE:FREQ=DAILY;UNTIL=20270315", "EXDATE;VALUE=DATE:20270314")
    assert busy(day) == ["2027-03-13 05:00/05:00", "2027-03-15 04:00/04:00"]


def test_spaces_in_a_rule_are_no_reason_to_give_up() -> None:
    assert len(busy(event(START, HOUR, "RRULE:FREQ=DAILY;UNTIL=20270307T000000Z;BYDAY=MO, TU, WE"))) == 3


def test_a_series_that_began_long_ago_still_takes_place() -> None:
    window = TimeRange(at("2027-03-15 00:00"), at("2027-03-16 00:00"))
    old = event("DTSTART;TZID=America/New_York:19900101T090000", HOUR, "RRULE:FREQ=WEEKLY")
    assert busy(old, window=window) == ["2027-03-15 13:00/14:00"]


# The night of 14 March 2027: at 02:00 New York's clocks show 03:00. The night of 7 November: at 02:00 they show 01:00.


@pytest.mark.parametrize(
    ("start", "end", "took"),
    [
        ("20270314T013000", "20270314T033000", "2027-03-14 06:30/07:30"),
        ("20270314T023000", "20270314T033000", "2027-03-14 07:30/07:30"),
        ("20271107T003000", "20271107T023000", "2027-11-07 04:30/07:30"),
        ("20271107T013000", "20271107T020000", "2027-11-07 05:30/07:00"),
    ],
)
def test_an_event_on_a_night_when_clocks_are_set_lasts_from_its_start_to_its_end(
    start: str, end: str, took: str
) -> None:
    found = busy(event(f"DTSTART;TZID=America/New_York:{start}", f"DTEND;TZID=America/New_York:{end}"))
    assert found == ([] if took.endswith("07:30/07:30") else [took])


@pytest.mark.parametrize("end", ["DTEND;TZID=America/New_York:20270310T030000", "DURATION:PT2H"])
def test_an_occurrence_across_the_night_lasts_exactly_as_long_as_the_others(end: str) -> None:
    nightly = event("DTSTART;TZID=America/New_York:20270310T010000", end, "RRULE:FREQ=DAILY;COUNT=6")
    assert busy(nightly) == [
        "2027-03-10 06:00/08:00",
        "2027-03-11 06:00/08:00",
        "2027-03-12 06:00/08:00",
        "2027-03-13 06:00/08:00",
        "2027-03-14 06:00/08:00",
        "2027-03-15 05:00/07:00",
    ]
    nightly = event("DTSTART;TZID=America/New_York:20271106T003000", "DURATION:PT2H", "RRULE:FREQ=DAILY;COUNT=3")
    assert busy(nightly)[1] == "2027-11-07 04:30/06:30"


def test_a_length_in_days_is_as_long_as_those_days() -> None:
    daily = event("DTSTART;TZID=America/New_York:20270313T120000", "DURATION:P1D")
    assert busy(daily) == ["2027-03-13 17:00/16:00"]
    exact = event("DTSTART;TZID=America/New_York:20270313T120000", "DURATION:PT24H")
    assert busy(exact) == ["2027-03-13 17:00/17:00"]


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=DAILY;BYHOUR=9,10,11,12;BYMINUTE=0,10,20"])
def test_a_rule_that_yields_more_than_anyone_attends_is_given_up(rule: str) -> None:
    many = event("DTSTART:20270101T090000Z", "DURATION:PT1S", f"RRULE:{rule};COUNT=4000")
    assert [each[0] for each in troubles(many)] == ["too_many"]


def test_thousands_of_dates_are_given_up() -> None:
    dates = "RDATE:" + ",".join(["20270301T090000Z"] * 5001)
    assert [each[0] for each in troubles(event(START, HOUR, dates))] == ["too_many"]
