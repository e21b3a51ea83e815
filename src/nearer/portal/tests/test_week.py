"""A typed week: what is read is what was meant, and what can't be meant is said in a sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.portal.forms.desk.hours import MOST_ROWS, WeekForm
from nearer.portal.rules.week import Row, by_day, clock_of, minute_of, read_day, rows_of

minutes = st.integers(0, 1439)


@st.composite
def days(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Draw hours of a day that do not overlap."""
    marks = sorted(draw(st.sets(st.integers(0, 1440), max_size=8)))
    return tuple(zip(marks[::2], marks[1::2], strict=False))


@given(days())
def test_hours_written_as_rows_read_as_the_same_hours(spans: tuple[tuple[int, int], ...]) -> None:
    assert read_day(rows_of(spans)) == (spans, ())


@given(minutes)
def test_a_clock_reads_as_it_was_set(minute: int) -> None:
    assert minute_of(clock_of(minute)) == minute


@given(st.lists(st.tuples(minutes, minutes), max_size=5))
def test_whatever_is_typed_is_read_or_told_and_never_both_twice(typed: list[tuple[int, int]]) -> None:
    rows = [Row(clock_of(start), clock_of(end)) for start, end in typed]
    spans, faults = read_day(rows)
    assert all(0 <= start < end <= 1440 for start, end in spans)
    alone = {fault.row for fault in faults if fault.kind != "overlap"}
    assert len(spans) + len(alone) == len(rows)
    if not faults:
        assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([Row("22:00", "02:00")], "midnight"),
        ([Row("09:00", "12:00"), Row("11:30", "14:00")], "overlap"),
        ([Row("09:00", "17:00"), Row("10:00", "11:00")], "overlap"),
        ([Row("09:00", "")], "half"),
        ([Row("", "09:00")], "half"),
        ([Row("nine", "12:00")], "unreadable"),
        ([Row("25:00", "26:00")], "unreadable"),
        ([Row("09:00", "09:00")], "backwards"),
    ],
)
def test_each_kind_of_mistake_has_its_name(rows: list[Row], kind: str) -> None:
    assert [fault.kind for fault in read_day(rows)[1]] == [kind]


def test_a_day_may_end_at_midnight_and_hours_may_touch() -> None:
    rows = [Row("20:00", "00:00"), Row("09:00", "12:00"), Row("12:00", "13:00")]
    assert read_day(rows) == (((540, 720), (720, 780), (1200, 1440)), ())
    assert read_day([Row("00:00", "00:00")]) == (((0, 1440),), ())


def test_every_weekday_is_there() -> None:
    assert by_day([(2, 540, 600)])[2] == ((540, 600),)
    assert set(by_day([])) == set(range(7))


def test_the_form_says_what_is_wrong_where_it_is() -> None:
    form = WeekForm({"0-0-from": "22:00", "0-0-until": "02:00", "1-0-from": "09:00", "1-0-until": "10:00"})
    assert not form.is_valid()
    assert list(form.errors) == ["0-0-from"]
    (words,) = form.errors["0-0-from"]
    assert str(words).startswith("Monday: from 22:00 until 02:00 goes past midnight.")
    assert form["0-0-from"].value() == "22:00"


def test_the_form_gives_back_the_week_that_was_typed() -> None:
    form = WeekForm({"0-0-from": "09:00", "0-0-until": "12:00", "6-1-from": "20:00", "6-1-until": "00:00"})
    assert form.is_valid()
    assert form.hours() == ((0, 540, 720), (6, 1200, 1440))


def test_a_row_can_be_added_until_there_are_enough() -> None:
    assert len(list(WeekForm(hours=[], more="3").by_day())[3].rows) == 3
    full = {f"3-{row}-{part}": "" for row in range(MOST_ROWS) for part in ("from", "until")}
    assert len(list(WeekForm(full, more="3").by_day())[3].rows) == MOST_ROWS
