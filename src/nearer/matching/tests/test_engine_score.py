from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nearer.matching.engine.pool import Pool, Row
from nearer.matching.engine.prices import Prices
from nearer.matching.engine.rank import rank
from nearer.matching.engine.request import Request, Strength, Wish
from nearer.matching.engine.weights import Weights, weights

AT = datetime(2026, 6, 1, 16, tzinfo=UTC)
ASKED = Request((0,), None, 4, "America/New_York", (Wish("concern", 0b11), Wish("style", 1), Wish("language", 2)))


def therapist(therapist_id: int, days: int = 1, **facts: Any) -> Row:
    row = Row(therapist_id, 1, 0, (), True, 4, 1, 0, 0, 0, 0, (1 << 24 * days).to_bytes(64, "little"), AT)
    return row._replace(**facts)


def scores(*rows: Row, request: Request = ASKED, prices: Prices | None = None) -> dict[int, tuple[float, float]]:
    answer = rank(request, Pool.build(rows, AT), prices, AT)
    return {each.therapist_id: (each.fit, each.score) for each in answer.page(0, answer.total)}


def test_the_worked_example_of_the_readme() -> None:
    found = scores(
        therapist(1, concerns=0b11, languages=0b11),
        therapist(2, days=3, concerns=0b10, styles=1),
        therapist(3, days=12, concerns=0b111, styles=1, languages=0b11),
    )
    assert [fit for fit, _ in found.values()] == pytest.approx([1, 0.667, 0.583], abs=0.001)
    assert [score for _, score in found.values()] == pytest.approx([0.76, 0.647, 0.523], abs=0.001)
    assert list(found) == [3, 1, 2]


def test_nothing_stated_is_neutral_for_everyone() -> None:
    found = scores(therapist(1), therapist(2, concerns=1, record=0.9), request=replace(ASKED, wishes=()))
    assert found[1] == found[2] == pytest.approx((0.5, 0.48))


def test_a_track_record_moves_the_fit_around_neutral_and_its_lack_changes_nothing() -> None:
    found = scores(
        therapist(1, concerns=0b11, record=0.5),
        therapist(2, concerns=0b11),
        therapist(3, concerns=0b11, record=1.0),
        therapist(4, concerns=0b11, record=0.0),
    )
    assert found[1] == found[2] == pytest.approx((0.5, 0.48))
    assert found[3][0] - 0.5 == pytest.approx(0.5 - found[4][0]) == pytest.approx(0.05 / 0.70)


def test_a_price_lowers_a_score_by_as_much() -> None:
    found = scores(therapist(1, styles=1), therapist(2, styles=1), prices=Prices.of({2: 0.25}))
    assert found[1][1] - found[2][1] == pytest.approx(0.25)


def test_weights_may_be_others_than_those_in_force() -> None:
    ours = replace(weights(), style=0.0, delay_per_day=0.1)
    answer = rank(ASKED, Pool.build([therapist(1, days=2, concerns=0b11, languages=2)], AT), None, AT, by=ours)
    assert (answer.first[0].fit, answer.first[0].score) == pytest.approx((1, 0.8))


def test_the_weights_in_force_are_those_of_the_design() -> None:
    assert weights() == Weights(
        version=1, concerns=0.3, style=0.2, approach=0.15, identity=0.15, logistics=0.1, record=0.1,
        delay_per_day=0.02, record_min_cases=15,
    )  # fmt: skip


def test_a_weight_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        replace(weights(), style=-0.1)


def test_each_of_several_equals_comes_first_about_as_often() -> None:
    pool = Pool.build([therapist(number) for number in (3, 4, 5, 1004, 77, 78, 500_000)], AT)
    first = Counter(rank(replace(ASKED, seed=seed), pool, None, AT).first[0].therapist_id for seed in range(2100))
    assert len(first) == 7
    assert all(240 < times < 360 for times in first.values()), first


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"jurisdictions": ()}, "one jurisdiction"),
        ({"jurisdictions": (1, 2, 3)}, "two for a couple"),
        ({"networks": frozenset()}, "at least one network"),
        ({"ages": 256}, "eight age bands"),
        ({"lead_days": 5, "horizon_days": 4}, "horizon ends"),
        ({"times": frozenset({"noon"})}, "parts of the week"),
        ({"wishes": (Wish("style", 3), Wish("style", 1, Strength.MUST))}, "name a code twice"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(ASKED, **change)


@pytest.mark.parametrize(("kind", "mask"), [("style", 0), ("style", 1 << 64), ("modality", 4)])
def test_a_wish_that_makes_no_sense_is_refused(kind: Any, mask: int) -> None:
    with pytest.raises(ValueError, match="a wish about"):
        Wish(kind, mask)


def test_openings_of_the_past_and_beyond_the_horizon_are_not_counted() -> None:
    passed = therapist(1, openings=b"\1", openings_from=AT - timedelta(hours=3))
    beyond = therapist(2, days=16)
    assert scores(passed, beyond) == {}
