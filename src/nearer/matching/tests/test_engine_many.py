"""Pools of some size: where many tie, many must be left out unscored, and the slow ranking still agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest import mock

import numpy as np
import pytest

from nearer.matching.engine import bitmaps, narrow
from nearer.matching.engine.pool import Pool, Row
from nearer.matching.engine.prices import Prices
from nearer.matching.engine.rank import rank
from nearer.matching.engine.request import IN_PERSON, TELEHEALTH, Request, Strength, Wish
from nearer.matching.engine.weights import weights
from nearer.matching.tests.engine_networks import pool_of, rows_of
from nearer.matching.tests.engine_reference import slow_rank

AT = datetime(2026, 11, 23, 15, 20, tzinfo=UTC)
ANCHOR = datetime(2026, 11, 23, 13, tzinfo=UTC)
STATE = 32


@pytest.fixture(scope="module")
def network() -> tuple[Pool, list[Row]]:
    pool = pool_of(700, seed=5, anchor=ANCHOR, jurisdiction=STATE)
    return pool, list(rows_of(pool))


@pytest.fixture(autouse=True)
def narrowed() -> Iterator[None]:
    with mock.patch.multiple(narrow, _FEW=8, _SAMPLE=40), mock.patch.object(bitmaps, "_SPARSE_FROM", 2):
        yield


REQUESTS = {
    "nothing stated": Request((STATE,), None, 4, "America/New_York"),
    "a plan": Request((STATE,), frozenset({3, 7}), 4, "America/New_York", seed=9),
    "one concern": Request((STATE,), None, 4, "America/New_York", (Wish("concern", 0b11),)),
    "three concerns, a style, evenings": Request(
        (STATE,),
        None,
        4,
        "America/New_York",
        (Wish("concern", 0b111 << 6), Wish("style", 1), Wish("language", 1, Strength.MUST)),
        frozenset({"weekday_evening"}),
    ),
    "everything": Request(
        (STATE, 5),
        frozenset({1, 2, 3, 4, 5}),
        4,
        "America/New_York",
        (
            Wish("concern", 0b10101),
            Wish("approach", 0b11),
            Wish("style", 0b110),
            Wish("identity", 1, Strength.MUST),
            Wish("identity", 0b100),
            Wish("modality", TELEHEALTH),
            Wish("language", 2),
        ),
    ),
    "in person at weekends": Request(
        (STATE,), None, 0, "America/New_York", (Wish("modality", IN_PERSON, Strength.MUST),), frozenset({"weekend"})
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("priced", [False, True], ids=["no prices", "prices"])
@pytest.mark.parametrize("recorded", [False, True], ids=["no records", "records"])
def test_the_ranking_of_many_equals_the_plain_slow_one(
    network: tuple[Pool, list[Row]], name: str, *, priced: bool, recorded: bool
) -> None:
    pool, rows = network
    if recorded:
        rows = [row._replace(record=(row.therapist_id % 5) / 4) if row.therapist_id % 3 else row for row in rows]
        pool = Pool.build(rows, ANCHOR)
    prices = {row.therapist_id: 0.01 * (row.therapist_id % 7) for row in rows[::2]} if priced else {}
    expected = slow_rank(REQUESTS[name], rows, prices, AT, weights())
    answer = rank(REQUESTS[name], pool, Prices.of(prices), AT)
    assert answer.total == len(expected) > 0
    assert [each.therapist_id for each in answer.first] == [each.therapist_id for each in expected[:5]]
    assert [each.therapist_id for each in answer.page(3, 24)] == [each.therapist_id for each in expected[3:24]]
    assert answer.order().tolist() == [each.therapist_id for each in expected]


def test_rows_give_back_the_pool_they_came_from(network: tuple[Pool, list[Row]]) -> None:
    pool, rows = network
    again = Pool.build(rows, ANCHOR, network_codes=pool.network_codes)
    for name in ("ids", "telehealth_in", "networks", "pays_self", "ages", "identities", "openings"):
        assert np.array_equal(getattr(pool, name), getattr(again, name))


def test_someone_within_48_hours_is_among_the_first_even_if_others_fit_better(network: tuple[Pool, list[Row]]) -> None:
    _, rows = network
    model = rows[0]._replace(networks=frozenset({1}), pays_self=True, ages=4, styles=0)
    later, soon = _opening(ANCHOR + timedelta(days=6)), _opening(AT + timedelta(hours=30))
    better = [model._replace(therapist_id=number, styles=1, openings=later) for number in range(1, 9)]
    worse = model._replace(therapist_id=100, openings=soon)
    request = Request((STATE,), None, 4, "America/New_York", (Wish("style", 1),))
    answer = rank(request, Pool.build([*better, worse], ANCHOR), None, AT)
    assert [each.therapist_id for each in answer.first][-1] == 100
    assert answer.within_48h
    without = rank(request, Pool.build(better, ANCHOR), None, AT)
    assert not without.within_48h
    assert len(without.first) == 5


def _opening(start: datetime) -> bytes:
    return (1 << (start - ANCHOR) // timedelta(hours=1)).to_bytes(64, "little")


def test_a_record_may_make_up_for_one_light_code_and_then_the_draw_decides(network: tuple[Pool, list[Row]]) -> None:
    _, rows = network
    model = rows[0]._replace(pays_self=True, ages=4, openings=_opening(AT + timedelta(hours=30)), openings_from=ANCHOR)
    nine = (1 << 9) - 1
    whole = [model._replace(therapist_id=number, concerns=nine) for number in range(1, 300, 2)]
    lacking = [model._replace(therapist_id=number, concerns=nine >> 1, record=1.0) for number in range(2, 300, 2)]
    request = Request((STATE,), None, 4, "America/New_York", (Wish("concern", nine),))
    pool = Pool.build([*whole, *lacking], ANCHOR)
    for seed in range(5):
        asked = replace(request, seed=seed)
        expected = slow_rank(asked, [*whole, *lacking], {}, AT, weights())
        found = [each.therapist_id for each in rank(asked, pool, None, AT).first]
        assert found == [each.therapist_id for each in expected[:5]]
