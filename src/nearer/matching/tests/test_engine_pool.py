from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.matching.engine.bitmaps import WORDS
from nearer.matching.engine.pool import Pool, Row, shifted
from nearer.matching.engine.prices import Prices
from nearer.matching.engine.rank import rank
from nearer.matching.engine.request import Request
from nearer.matching.tests.engine_strategies import ANCHORS, askings, pools, requests

COLUMNS = ("ids", "telehealth_in", "in_person_in", "pays_self", "ages", "languages", "concerns", "styles", "openings")


@settings(max_examples=80, deadline=None)
@given(st.data(), st.sampled_from(ANCHORS))
def test_an_updated_pool_equals_one_built_anew(data: st.DataObject, anchor: datetime) -> None:
    old = data.draw(pools(anchor))
    new = data.draw(pools(anchor))
    gone = data.draw(st.frozensets(st.integers(1, 40)))
    before = Pool.build(old, anchor)
    request = data.draw(requests())
    rank(request, before, None, anchor)
    updated = before.updated(new, gone)
    fresh = {row.therapist_id for row in new}
    rows = [row for row in old if row.therapist_id not in gone and row.therapist_id not in fresh] + new
    rebuilt = Pool.build(rows, anchor)
    here = (updated.telehealth_in | updated.in_person_in) != 0
    there = (rebuilt.telehealth_in | rebuilt.in_person_in) != 0
    for name in COLUMNS:
        assert np.array_equal(getattr(updated, name)[..., here], getattr(rebuilt, name)[..., there]), name
    for at in (anchor, anchor + timedelta(days=1)):
        assert _all_of(request, updated, at) == _all_of(request, rebuilt, at)


def _all_of(request: Request, pool: Pool, at: datetime) -> object:
    answer = rank(request, pool, None, at)
    return answer.page(0, answer.total), answer.relaxations


@settings(max_examples=60, deadline=None)
@given(askings())
def test_an_older_projection_of_the_same_openings_gives_the_same_answer(
    asking: tuple[Request, list[Row], datetime, datetime],
) -> None:
    request, rows, anchor, at = asking
    moved = []
    for row in rows:
        bits = int.from_bytes(row.openings, "little")
        moved.append(
            row._replace(
                openings=(bits << 48).to_bytes(80, "little"), openings_from=row.openings_from - timedelta(hours=48)
            )
        )
    long_rows = [row._replace(openings=row.openings[:50]) for row in moved]
    short = [row._replace(openings=row.openings[:44]) for row in rows]
    assert _all_of(request, Pool.build(long_rows, anchor), at) == _all_of(request, Pool.build(short, anchor), at)


@given(st.integers(0, (1 << WORDS * 64) - 1), st.integers(-600, 600))
def test_moving_openings_by_hours_moves_every_bit(bits: int, hours: int) -> None:
    words = np.frombuffer(bits.to_bytes(WORDS * 8, "little"), "<u8").reshape(WORDS, 1)
    moved = int.from_bytes(np.ascontiguousarray(shifted(words, hours)[:, 0]).tobytes(), "little")
    expected = bits >> hours if hours >= 0 else bits << -hours
    assert moved == expected & ((1 << WORDS * 64) - 1)


def test_a_pool_is_anchored_at_a_full_hour_in_utc() -> None:
    with pytest.raises(ValueError, match="full hour"):
        Pool.build([], datetime(2026, 1, 1, 0, 30, tzinfo=UTC))


def test_a_price_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        Prices.of({1: -0.1})
