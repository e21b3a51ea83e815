"""Random pools and requests, small enough to shrink well and dense enough that people do fit and do tie."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from nearer.matching.engine.pool import Row
from nearer.matching.engine.request import PARTS, Kind, Request, Strength, Wish

#: Shortly before and after both changes of the clocks, and an ordinary week.
ANCHORS = [
    datetime(2026, 3, 5, 9, tzinfo=UTC),
    datetime(2026, 10, 29, 17, tzinfo=UTC),
    datetime(2026, 6, 3, tzinfo=UTC),
]
ZONES = ["America/New_York", "America/Phoenix", "Pacific/Honolulu", "America/St_Johns"]
NETWORKS = [11, 12, 13, 200]
_SIZES: dict[Kind, int] = {"concern": 5, "approach": 3, "style": 3, "language": 3, "identity": 3, "modality": 2}


def few_bits(size: int) -> st.SearchStrategy[int]:
    return st.integers(0, (1 << size) - 1)


@st.composite
def openings(draw: st.DrawFn) -> bytes:
    hours = draw(st.lists(st.integers(0, 400), max_size=6))
    return sum(1 << hour for hour in set(hours)).to_bytes(64, "little")


@st.composite
def rows(draw: st.DrawFn, anchor: datetime, therapist_id: int) -> Row:
    return Row(
        therapist_id=therapist_id,
        telehealth_in=draw(few_bits(3)),
        in_person_in=draw(few_bits(2)),
        networks=draw(st.frozensets(st.sampled_from(NETWORKS), min_size=1)),
        pays_self=draw(st.booleans()),
        ages=draw(st.sampled_from([15, 12, 4, 3])),
        languages=draw(few_bits(3)),
        concerns=draw(few_bits(5)),
        approaches=draw(few_bits(3)),
        styles=draw(few_bits(3)),
        identities=draw(few_bits(3)),
        openings=draw(openings()),
        openings_from=anchor + timedelta(hours=draw(st.sampled_from([0, 0, -70, -1, 5, 64]))),
        record=draw(st.sampled_from([float("nan"), float("nan"), 0.25, 0.875])),
    )


@st.composite
def pools(draw: st.DrawFn, anchor: datetime, *, most: int = 14) -> list[Row]:
    ids = draw(st.lists(st.integers(1, 40), unique=True, max_size=most))
    return [draw(rows(anchor, therapist_id)) for therapist_id in ids]


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Wish, ...]:
    kinds = draw(st.lists(st.sampled_from(list(_SIZES)), unique=True, max_size=4))
    made = []
    for kind in kinds:
        mask = draw(st.integers(1, (1 << _SIZES[kind]) - 1))
        strength = draw(st.sampled_from([Strength.NICE, Strength.NICE, Strength.MUST]))
        made += [Wish(kind, part, strength) for part in draw(st.sampled_from([split(mask), (mask,)]))]
    return tuple(made)


def split(mask: int) -> tuple[int, ...]:
    """Return each bit of a mask as a mask of its own."""
    return tuple(1 << bit for bit in range(mask.bit_length()) if mask >> bit & 1)


@st.composite
def requests(draw: st.DrawFn, /, **fixed: Any) -> Request:
    lead = draw(st.sampled_from([1, 1, 0, 2]))
    asked: dict[str, Any] = {
        "jurisdictions": draw(st.sampled_from([(0,), (0,), (0, 1)])),
        "networks": draw(st.sampled_from([None, frozenset({11}), frozenset({12, 13}), frozenset({200, 999})])),
        "ages": draw(st.sampled_from([4, 4, 0, 12])),
        "zone": draw(st.sampled_from(ZONES[:3])),
        "wishes": draw(wishes()),
        "times": draw(st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(PARTS)))),
        "excluded": draw(st.frozensets(st.integers(1, 40), max_size=2)),
        "lead_days": lead,
        "horizon_days": draw(st.sampled_from([14, lead])),
        "seed": draw(st.integers(-5, 1 << 63)),
    }
    return Request(**{**asked, **fixed})


@st.composite
def askings(draw: st.DrawFn) -> tuple[Request, list[Row], datetime, datetime]:
    """A request, the rows it looks through, the pool's anchor, and the time of asking."""
    anchor = draw(st.sampled_from(ANCHORS))
    at = anchor + timedelta(minutes=draw(st.integers(0, 60 * 24 * 4)))
    return draw(requests()), draw(pools(anchor)), anchor, at


prices = st.dictionaries(st.integers(1, 40), st.sampled_from([0.0, 0.03, 0.5]), max_size=5)
