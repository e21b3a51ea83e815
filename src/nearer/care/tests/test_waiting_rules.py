"""Who is next on the waiting list, when somebody may be woken, how long an offer stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from nearer.care.rules.waiting import (
    BEFORE_SESSION,
    MOST_MISSED,
    SHORTEST,
    InLine,
    in_order,
    may_be_woken,
    new_code,
    stands_until,
)

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
HOLD = timedelta(hours=4)
places = st.lists(
    st.builds(InLine, st.integers(1, 10**6), st.integers(0, 50).map(lambda each: NOW + timedelta(minutes=each))),
    unique_by=lambda place: place.id,
)


@given(line=places, seed=st.randoms())
def test_the_order_does_not_hang_on_how_the_line_was_read(line: list[InLine], seed: object) -> None:
    mixed = sorted(line, key=lambda each: hash((each.id, repr(seed))))
    assert in_order(line) == in_order(mixed)
    assert all(a.turn_at <= b.turn_at for a, b in zip(in_order(line), in_order(line)[1:], strict=False))


@given(minutes=st.integers(0, 20_000), hold=st.integers(1, 48))
def test_an_offer_ends_in_time_and_gives_time_enough(minutes: int, hold: int) -> None:
    session = NOW + timedelta(minutes=minutes)
    until = stands_until(session, now=NOW, held_for=timedelta(hours=hold))
    if until is None:
        assert session - BEFORE_SESSION < NOW + SHORTEST
    else:
        assert NOW + SHORTEST <= until <= min(session - BEFORE_SESSION, NOW + timedelta(hours=hold))


def test_by_day_where_they_are() -> None:
    assert may_be_woken(NOW, "America/New_York")
    assert not may_be_woken(NOW, "Pacific/Guam")
    assert may_be_woken(datetime(2026, 11, 23, 13, tzinfo=UTC), "America/New_York")
    assert not may_be_woken(datetime(2026, 11, 23, 12, 59, tzinfo=UTC), "America/New_York")
    assert not may_be_woken(datetime(2026, 11, 24, 1, tzinfo=UTC), "America/New_York")


def test_codes_have_six_digits() -> None:
    assert all(len(code) == 6 and code.isdecimal() for code in (new_code() for _ in range(200)))


class TheLine(RuleBasedStateMachine):
    """People who join, answer, keep silent and leave, as openings come one by one: nobody is overlooked."""

    @initialize()
    def empty(self) -> None:
        self.now = NOW
        self.turn: dict[int, datetime] = {}
        self.missed: dict[int, int] = {}
        self.last = 0

    def tick(self) -> None:
        self.now += timedelta(minutes=1)

    @rule()
    def join(self) -> None:
        self.tick()
        self.last += 1
        self.turn[self.last], self.missed[self.last] = self.now, 0

    @rule(answers=st.lists(st.sampled_from(["take", "pass", "silence"]), min_size=1, max_size=6))
    def an_opening_comes(self, answers: list[str]) -> None:
        """Offer one opening down the line until somebody takes it."""
        line = in_order(InLine(each, turn) for each, turn in self.turn.items())
        for place, answer in zip(line, answers, strict=False):
            self.tick()
            if answer == "take":
                del self.turn[place.id]
                break
            if answer == "silence":
                self.missed[place.id] += 1
                self.turn[place.id] = self.now
                if self.missed[place.id] >= MOST_MISSED:
                    del self.turn[place.id]
            else:
                self.missed[place.id] = 0

    @invariant()
    def silence_never_keeps_anybody_in_front(self) -> None:
        line = in_order(InLine(each, turn) for each, turn in getattr(self, "turn", {}).items())
        silent = [place for place in line if self.missed[place.id]]
        spoken = [place for place in line if not self.missed[place.id] and place.id < self.last]
        for place in silent:
            assert all(other.turn_at <= self.now for other in spoken)
            assert self.missed[place.id] < MOST_MISSED


TestTheLine = TheLine.TestCase
