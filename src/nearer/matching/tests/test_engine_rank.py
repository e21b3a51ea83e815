from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.matching.engine import narrow
from nearer.matching.engine.answer import Answer
from nearer.matching.engine.pool import Pool, Row
from nearer.matching.engine.prices import Prices
from nearer.matching.engine.rank import rank
from nearer.matching.engine.request import Request, Strength
from nearer.matching.engine.weights import weights
from nearer.matching.tests.engine_reference import meets_all, slow_rank
from nearer.matching.tests.engine_strategies import askings, openings, prices

Asking = tuple[Request, list[Row], datetime, datetime]


def answered(
    request: Request, rows: list[Row], anchor: datetime, at: datetime, priced: Mapping[int, float] | None = None
) -> Answer:
    return rank(request, Pool.build(rows, anchor), Prices.of(priced or {}), at)


@pytest.fixture(params=[4096, 0], ids=["scored outright", "narrowed first"], autouse=True)
def both_ways(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every promise holds for few and for many: with the narrowing off, and with it on for the smallest pool."""
    with mock.patch.multiple(narrow, _FEW=request.param, _SAMPLE=4):
        yield


many = settings(max_examples=60, deadline=None)


@many
@given(askings(), prices)
def test_the_ranking_equals_the_plain_slow_one(asking: Asking, priced: dict[int, float]) -> None:
    request, rows, _anchor, at = asking
    expected = slow_rank(request, rows, priced, at, weights())
    answer = answered(*asking, priced)
    everyone = answer.page(0, answer.total)
    assert answer.order().tolist() == [each.therapist_id for each in expected]
    assert [round(each.score * 1e9) for each in everyone] == [each.points for each in expected]
    assert [each.fit for each in everyone] == [each.fit for each in expected]
    assert [(each.first_opening, each.first_day) for each in everyone] == [
        (each.first_opening, each.first_day) for each in expected
    ]
    assert answer.first == everyone[:5]
    assert answer.total == len(expected)
    assert answer.within_48h == any(each.first_opening < at + timedelta(hours=48) for each in expected)


@many
@given(askings(), st.randoms())
def test_permuting_therapists_changes_nothing(asking: Asking, random: object) -> None:
    request, rows, anchor, at = asking
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert answered(*asking).order().tolist() == answered(request, shuffled, anchor, at).order().tolist()


@many
@given(askings())
def test_a_therapist_who_fails_any_hard_constraint_never_appears(asking: Asking) -> None:
    request, rows, _anchor, at = asking
    answer = answered(*asking)
    by_id = {row.therapist_id: row for row in rows}
    for each in answer.page(0, answer.total):
        assert meets_all(by_id[each.therapist_id], request)
        assert at - timedelta(hours=1) < each.first_opening
        assert request.lead_days <= each.first_day <= request.horizon_days


@many
@given(askings(), st.data())
def test_tightening_a_wish_into_a_must_never_adds_anyone_and_changes_no_score(
    asking: Asking, data: st.DataObject
) -> None:
    request, rows, anchor, at = asking
    if not request.wishes:
        return
    place = data.draw(st.integers(0, len(request.wishes) - 1))
    strengths = [(wish, replace(wish, strength=Strength.MUST)) for wish in request.wishes]
    tight = replace(request, wishes=tuple(pair[at_place == place] for at_place, pair in enumerate(strengths)))
    loose, strict = answered(*asking), answered(tight, rows, anchor, at)
    scores = {each.therapist_id: each.score for each in loose.page(0, loose.total)}
    for each in strict.page(0, strict.total):
        assert scores[each.therapist_id] == each.score


@many
@given(askings(), st.data())
def test_choosing_fewer_codes_of_a_must_never_adds_anyone(asking: Asking, data: st.DataObject) -> None:
    request, rows, anchor, at = asking
    musts = [wish for wish in request.wishes if wish.strength is Strength.MUST and wish.mask.bit_count() > 1]
    if not musts:
        return
    wish = data.draw(st.sampled_from(musts))
    fewer = replace(wish, mask=wish.mask & (wish.mask - 1))
    tight = replace(request, wishes=tuple(fewer if each is wish else each for each in request.wishes))
    assert set(answered(tight, rows, anchor, at).order().tolist()) <= set(answered(*asking).order().tolist())


@many
@given(askings(), openings(), prices, st.data())
def test_adding_an_opening_never_makes_someone_rank_lower(
    asking: Asking, more: bytes, priced: dict[int, float], data: st.DataObject
) -> None:
    request, rows, anchor, at = asking
    if not rows:
        return
    place = data.draw(st.integers(0, len(rows) - 1))
    row = rows[place]
    both = int.from_bytes(row.openings, "little") | int.from_bytes(more, "little")
    richer = [*rows]
    richer[place] = row._replace(openings=both.to_bytes(64, "little"))
    before = answered(*asking, priced).order().tolist()
    after = answered(request, richer, anchor, at, priced).order().tolist()
    if row.therapist_id in before:
        assert after.index(row.therapist_id) <= before.index(row.therapist_id)


@many
@given(askings(), st.integers())
def test_the_same_seed_replays_and_another_only_reorders_ties(asking: Asking, seed: int) -> None:
    request, rows, anchor, at = asking
    first = answered(*asking)
    assert first.order().tolist() == answered(*asking).order().tolist()
    assert first.seed == request.seed
    second = answered(replace(request, seed=seed), rows, anchor, at)
    assert sorted(first.order().tolist()) == sorted(second.order().tolist())
    scores = [{each.therapist_id: each.score for each in answer.page(0, answer.total)} for answer in (first, second)]
    assert scores[0] == scores[1]
    for answer in (first, second):
        rest = [each.score for each in answer.page(5, answer.total)]
        assert all(one >= next_one for one, next_one in pairwise(rest))


@many
@given(askings())
def test_what_is_met_and_what_is_not_make_up_the_wish(asking: Asking) -> None:
    for each in answered(*asking).first:
        for part in each.parts:
            assert part.met | part.unmet == part.wish.mask
            assert not part.met & part.unmet
            assert part.met or part.wish.strength is Strength.NICE
