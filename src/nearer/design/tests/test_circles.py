"""The two circles draw nearer with every step, and never become one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nearer.design.circles import RADIUS, WIDTH, circles_at

journeys = st.integers(2, 12).flatmap(lambda steps: st.tuples(st.integers(1, steps - 1), st.just(steps)))


@given(journeys)
def test_each_step_brings_the_circles_nearer(journey: tuple[int, int]) -> None:
    step, steps = journey
    now, then = circles_at(step, steps), circles_at(step + 1, steps)
    assert then.two - then.one < now.two - now.one


@given(journeys)
def test_the_circles_stay_inside_the_picture_and_in_balance(journey: tuple[int, int]) -> None:
    circles = circles_at(*journey)
    assert circles.one - RADIUS >= 0
    assert circles.two + RADIUS <= WIDTH
    assert abs((circles.one + circles.two) / 2 - WIDTH / 2) < 0.02


@given(st.integers(1, 12))
def test_at_the_end_they_overlap_and_stay_two(steps: int) -> None:
    circles = circles_at(steps, steps)
    assert 0 < circles.two - circles.one < 2 * RADIUS
    assert circles.lens
    assert not circles.rests


def test_on_the_way_they_do_not_touch_before_the_last_step() -> None:
    assert [bool(circles_at(step, 5).lens) for step in range(1, 6)] == [False, False, False, False, True]


def test_a_step_beyond_the_journey_is_its_end() -> None:
    assert circles_at(9, 5) == circles_at(5, 5)
    assert circles_at(0, 5) == circles_at(1, 5)
