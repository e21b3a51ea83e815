from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.matching.engine.pool import Pool, Row
from nearer.matching.engine.rank import rank
from nearer.matching.engine.request import PARTS, Request, Strength, Wish
from nearer.matching.engine.weights import weights
from nearer.matching.tests.engine_reference import first_opening, slow_rank
from nearer.matching.tests.engine_strategies import ANCHORS, pools, requests


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(ANCHORS))
def test_each_step_of_the_ladder_is_counted_exactly(data: st.DataObject, anchor: datetime) -> None:
    rows = data.draw(pools(anchor))
    request = data.draw(requests(networks=None, excluded=frozenset(), ages=0, jurisdictions=(0,)))
    at = anchor + timedelta(hours=data.draw(st.integers(0, 30)))
    answer = rank(request, Pool.build(rows, anchor), None, at)
    if answer.total >= 3:
        assert answer.relaxations == ()
        return
    expected = {step: counted for step, counted in _counted(request, rows, at).items() if counted[0]}
    found = {step.wish: (step.gains, step.openings_tomorrow) for step in answer.relaxations}
    assert found == expected
    gains = [step.gains for step in answer.relaxations]
    assert gains == sorted(gains, reverse=True)


def _counted(request: Request, rows: list[Row], at: datetime) -> dict[Wish | None, tuple[int, int]]:
    before = _reach(request, rows, at)
    steps: dict[Wish | None, Request] = {}
    for wish in request.wishes:
        if wish.strength is Strength.MUST:
            others = tuple(each for each in request.wishes if each is not wish)
            steps[wish] = replace(request, wishes=others)
    if request.times:
        steps[None] = replace(request, times=frozenset())
    reached = {step: _reach(relaxed, rows, at) for step, relaxed in steps.items()}
    return {step: (after[0] - before[0], after[1] - before[1]) for step, after in reached.items()}


def _reach(request: Request, rows: list[Row], at: datetime) -> tuple[int, int]:
    """Count who fits without the wish, and their openings on the first day, hour by hour."""
    placed = {each.therapist_id for each in slow_rank(request, rows, {}, at, weights())}
    first_day = replace(request, horizon_days=request.lead_days)
    openings = 0
    for row in rows:
        bits = int.from_bytes(row.openings, "little")
        while row.therapist_id in placed and bits:
            low = bits & -bits
            single = row._replace(openings=low.to_bytes(64, "little"))
            openings += first_opening(single, first_day, at) is not None
            bits ^= low
    return len(placed), openings


def test_the_part_of_the_week_can_be_relaxed_like_any_wish() -> None:
    anchor = ANCHORS[2]
    row = Row(1, 1, 0, (), True, 4, 1, 0, 0, 0, 0, (1 << 40).to_bytes(64, "little"), anchor)
    asked = Request((0,), None, 4, "America/New_York", times=frozenset(PARTS[2:3]))
    answer = rank(asked, Pool.build([row], anchor), None, anchor)
    assert answer.total == 0
    assert [(step.wish, step.gains, step.openings_tomorrow) for step in answer.relaxations] == [(None, 1, 0)]
