from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.matching.engine.answer import Answer
from nearer.matching.engine.pool import Pool, Row
from nearer.matching.engine.rank import rank
from nearer.matching.engine.request import IN_PERSON, PARTS, Request, Strength, Wish
from nearer.matching.engine.weights import weights
from nearer.matching.tests.engine_reference import first_opening, slow_rank
from nearer.matching.tests.engine_strategies import ANCHORS, pools, requests

Asking = tuple[Request, list[Row], datetime]
THERE = Wish("modality", IN_PERSON, Strength.MUST)


@st.composite
def askings_for_few(draw: st.DrawFn) -> Asking:
    anchor = draw(st.sampled_from(ANCHORS))
    request = draw(requests(networks=None, excluded=frozenset(), ages=0))
    return request, draw(pools(anchor)), anchor + timedelta(hours=draw(st.integers(0, 30)))


def answered(asking: Asking) -> Answer:
    request, rows, at = asking
    return rank(request, Pool.build(rows, at), None, at)


@settings(max_examples=150, deadline=None)
@given(askings_for_few())
def test_each_step_of_the_ladder_is_counted_exactly(asking: Asking) -> None:
    answer, before = answered(asking), _fit(*asking)
    if answer.total >= 3:
        assert (answer.relaxations, answer.everything_nice) == ((), None)
        return
    expected = {}
    for step, relaxed in _steps(asking[0]).items():
        coming = _fit(relaxed, *asking[1:]) - before
        if coming:
            expected[step] = (len(coming), len(coming & _fit_tomorrow(relaxed, *asking[1:])))
    found = {(step.what, step.mask): (step.gains, step.people_tomorrow) for step in answer.relaxations}
    assert found == expected
    gains = [step.gains for step in answer.relaxations]
    assert gains == sorted(gains, reverse=True)


@settings(max_examples=150, deadline=None)
@given(askings_for_few())
def test_what_letting_go_of_everything_brings_is_counted_exactly_where_nothing_less_helps(asking: Asking) -> None:
    answer, before = answered(asking), _fit(*asking)
    if answer.total >= 3 or answer.relaxations:
        assert answer.everything_nice is None
        return
    nices = tuple(wish for wish in asking[0].wishes if wish.strength is Strength.NICE)
    by_video = replace(asking[0], wishes=nices, times=frozenset())
    expected = None
    for request, in_person in ((by_video, False), (_there(by_video), True)):
        then = _fit(request, *asking[1:])
        if then - before and expected is None:
            expected = (len(then), len(then & _fit_tomorrow(request, *asking[1:])), in_person)
    assert answer.everything_nice == expected


def _steps(request: Request) -> dict[tuple[str, int], Request]:
    steps: dict[tuple[str, int], Request] = {}
    for kind in {wish.kind for wish in request.wishes}:
        musts = [wish for wish in request.wishes if wish.kind == kind and wish.strength is Strength.MUST]
        if musts:
            others = tuple(wish for wish in request.wishes if wish not in musts)
            steps[kind, sum(wish.mask for wish in musts)] = replace(request, wishes=others)
    if request.times:
        steps["times", 0] = replace(request, times=frozenset())
    if _there(request) is not request:
        steps["in_person", IN_PERSON] = _there(request)
    return steps


def _there(request: Request) -> Request:
    """Return the request with meeting in the first of two jurisdictions, if that was not chosen."""
    chosen = any(wish.kind == "modality" and wish.mask & IN_PERSON for wish in request.wishes)
    if len(request.jurisdictions) == 1 or chosen:
        return request
    others = tuple(wish for wish in request.wishes if wish.kind != "modality")
    return replace(request, wishes=(THERE, *others))


def _fit(request: Request, rows: list[Row], at: datetime) -> set[int]:
    return {each.therapist_id for each in slow_rank(request, rows, {}, at, weights())}


def _fit_tomorrow(request: Request, rows: list[Row], at: datetime) -> set[int]:
    """Return who fits and has an opening on the first day that may be booked."""
    first_day = replace(request, horizon_days=request.lead_days)
    return {row.therapist_id for row in rows if first_opening(row, first_day, at)} & _fit(request, rows, at)


def test_the_part_of_the_week_can_be_relaxed_like_any_wish() -> None:
    anchor = ANCHORS[2]
    asked = Request((0,), None, 4, "America/New_York", times=frozenset(PARTS[2:3]))
    answer = rank(asked, Pool.build([_someone(1, hour=40)], anchor), None, anchor)
    assert answer.total == 0
    assert answer.relaxations == (("times", 0, 1, 0),)


def test_people_are_counted_for_tomorrow_however_many_openings_they_have() -> None:
    anchor = ANCHORS[2]
    many = _someone(1)._replace(openings=b"\xff" * 64)
    asked = Request((0,), None, 4, "America/New_York", (Wish("identity", 1, Strength.MUST),))
    (step,) = rank(asked, Pool.build([many], anchor), None, anchor).relaxations
    assert (step.gains, step.people_tomorrow) == (1, 1)


def test_where_two_musts_stand_in_the_way_the_answer_says_what_letting_go_of_both_brings() -> None:
    anchor = ANCHORS[2]
    musts = (Wish("identity", 1, Strength.MUST), Wish("language", 2, Strength.MUST))
    asked = Request((0,), None, 4, "America/New_York", musts)
    answer = rank(asked, Pool.build([_someone(1), _someone(2, hour=99)], anchor), None, anchor)
    assert answer.relaxations == ()
    assert answer.everything_nice == (2, 1, False)
    assert rank(asked, Pool.build([], anchor), None, anchor).everything_nice is None


def _someone(therapist_id: int, *, hour: int = 16) -> Row:
    """Return someone with one opening: at noon of the first day that may be booked, unless told otherwise."""
    return Row(therapist_id, 1, 0, (), True, 4, 1, 0, 0, 0, 0, (1 << hour).to_bytes(64, "little"), ANCHORS[2])
