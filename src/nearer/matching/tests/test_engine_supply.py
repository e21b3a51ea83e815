"""Counting by columns says what counting one by one says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.matching.engine.supply import Figures, Supply, by_place, figures, shown

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
HOURS = 21 * 24

Person = tuple[int, bool, bool, int, frozenset[int], frozenset[tuple[int, int]]]

people = st.lists(
    st.tuples(
        st.integers(0, 15),  # places, as bits
        st.booleans(),  # holdable
        st.booleans(),  # accepting
        st.integers(0, 7),  # languages, as bits
        st.frozensets(st.integers(0, HOURS - 1), max_size=4),  # hours with an opening
        st.frozensets(st.tuples(st.integers(1, 3), st.integers(0, 3)), max_size=4),  # network and place
    ),
    max_size=6,
)


def a_supply(persons: list[Person]) -> Supply:
    openings = np.zeros((len(persons), HOURS // 8), np.uint8)
    for row, (*_, hours, _contracts) in enumerate(persons):
        for hour in hours:
            openings[row, hour // 8] |= 1 << (hour % 8)
    contracts = [(row, network, place) for row, each in enumerate(persons) for network, place in sorted(each[5])]
    return Supply(
        anchor=MIDNIGHT,
        ids=np.arange(len(persons), dtype=np.int64),
        places=np.array([each[0] for each in persons], np.uint64),
        holdable=np.array([each[1] for each in persons], np.bool_),
        accepting=np.array([each[2] for each in persons], np.bool_),
        languages=np.array([each[3] for each in persons], np.uint64),
        openings=openings,
        holders=np.array([each[0] for each in contracts], np.intp),
        networks=np.array([each[1] for each in contracts], np.int64),
        contract_places=np.array([each[2] for each in contracts], np.intp),
    )


def has_time(person: Person, first: int = 24, last: int = 15 * 24) -> bool:
    """Say whether there is an hour from tomorrow on, for two weeks, by the clock of UTC."""
    return any(first <= hour < last for hour in person[4])


@given(people)
def test_a_time_counts_from_tomorrow_for_two_weeks(persons: list[Person]) -> None:
    free = a_supply(persons).free("UTC", NOW, horizon_days=14)
    assert free.tolist() == [has_time(each) for each in persons]


@given(people)
def test_a_part_of_the_week_is_read_by_the_clock_of_the_place(persons: list[Person]) -> None:
    evening = a_supply(persons).free("America/New_York", NOW, horizon_days=14, times=frozenset({"weekday_evening"}))

    def suits(hour: int) -> bool:
        local = MIDNIGHT + timedelta(hours=hour - 5)  # New York in November
        days = (local.date() - NOW.date()).days
        return 1 <= days <= 14 and local.weekday() < 5 and 17 <= local.hour < 22

    assert evening.tolist() == [any(suits(hour) for hour in each[4]) for each in persons]


@given(people)
@settings(max_examples=50)
def test_pairs_of_therapist_and_place_are_counted_once(persons: list[Person]) -> None:
    supply = a_supply(persons)
    free = np.repeat(supply.free("UTC", NOW, horizon_days=14)[:, None], 64, axis=1)
    table = by_place(supply, *supply.contracted({1, 2}), free)
    for place in range(4):
        here = [
            each
            for each in persons
            if each[0] >> place & 1 and any(held == (network, place) for held in each[5] for network in (1, 2))
        ]
        assert Figures(*table[place].tolist()) == Figures(
            len(here),
            sum(each[2] for each in here),
            sum(has_time(each) for each in here),
            sum(each[1] and has_time(each) for each in here),
        )


@given(people)
@settings(max_examples=50)
def test_who_can_be_shown_speaks_the_language_is_free_and_in_the_panel(persons: list[Person]) -> None:
    supply = a_supply(persons)
    free = supply.free("UTC", NOW, horizon_days=14)
    counts = shown(supply, 2, panels=[frozenset({1}), frozenset({2, 3})], languages=[0, 2], times=[free])
    for number, panel in enumerate(({1}, {2, 3})):
        for column, language in enumerate((0, 2)):
            expected = sum(
                each[1]
                and each[0] >> 2 & 1
                and each[3] >> language & 1
                and has_time(each)
                and any(held[1] == 2 and held[0] in panel for held in each[5])
                for each in persons
            )
            assert counts[number, column, 0] == expected


def test_figures_of_nobody_are_zeros() -> None:
    supply = a_supply([])
    nobody = np.zeros(0, np.bool_)
    assert figures(supply, nobody, nobody) == Figures(0, 0, 0, 0)
