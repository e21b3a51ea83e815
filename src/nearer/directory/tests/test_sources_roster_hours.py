from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.directory.records import HoursRecord
from nearer.directory.sources.faults import RowRefused
from nearer.directory.sources.roster.cells import cents
from nearer.directory.sources.roster.hours import DAYS, hours


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Mon 9:00-17:00", [(0, 540, 1020)]),
        ("Mon 9am-5pm", [(0, 540, 1020)]),
        ("Monday 9 a.m. to 5 p.m.", [(0, 540, 1020)]),
        ("Tue–Thu 12:30–20:00", [(1, 750, 1200), (2, 750, 1200), (3, 750, 1200)]),
        ("Mon, Wed and Fri 9-12", [(0, 540, 720), (2, 540, 720), (4, 540, 720)]),
        ("Sat 9-12, 13-16", [(5, 540, 720), (5, 780, 960)]),
        ("Sun 20:00-24:00", [(6, 1200, 1440)]),
        ("Fri 12pm-1pm; Mon 12am-1am", [(0, 0, 60), (4, 720, 780)]),
        ("none", []),
    ],
)
def test_hours_are_read_as_people_write_them(cell: str, read: list[tuple[int, int, int]]) -> None:
    assert hours(cell) == tuple(HoursRecord(*each) for each in read)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("Mon 9-5", "end before they start"),
        ("Mon 17:00-9:00", "end before they start"),
        ("Mon 9-12; Mon 11-13", "overlap"),
        ("Moonday 9-17", "not a day"),
        ("T 9-17", "not a day"),
        ("Fri-Mon 9-17", "not days of one week"),
        ("Mon", "not like Mon"),
        ("9-17", "not like Mon"),
        ("Mon 9", "not like 9:00"),
        ("Mon 9:75-17", "not a time"),
        ("Mon 25-26", "not a time"),
        ("Mon 13pm-14pm", "not a time"),
        ("Mon 20-24:30", "not a time"),
    ],
)
def test_hours_that_can_not_be_understood_are_refused_in_words(cell: str, says: str) -> None:
    with pytest.raises(RowRefused, match=says):
        hours(cell)


@given(
    st.dictionaries(
        st.integers(0, 6), st.tuples(st.integers(0, 1438), st.integers(1, 1440)).filter(lambda each: each[0] < each[1])
    )
)
def test_hours_that_were_written_down_are_read_back(week: dict[int, tuple[int, int]]) -> None:
    cell = "; ".join(
        f"{DAYS[day][:3].title()} {start // 60}:{start % 60:02}-{end // 60}:{end % 60:02}"
        for day, (start, end) in week.items()
    )
    assert hours(cell) == tuple(HoursRecord(day, *week[day]) for day in sorted(week))


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        found = hours(text)
    except RowRefused:
        return
    assert all(0 <= each.start_minute < each.end_minute <= 1440 for each in found)


@pytest.mark.parametrize(("cell", "read"), [("$1,150.50", 115050), ("150", 15000), ("0", 0), ("", None)])
def test_dollars_become_cents(cell: str, read: int | None) -> None:
    assert cents(cell, "fee") == read


@pytest.mark.parametrize("cell", ["-1", "NaN", "Infinity", "1e9", "150 USD"])
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(RowRefused):
        cents(cell, "fee")
