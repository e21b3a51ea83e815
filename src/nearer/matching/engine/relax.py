"""The ladder: which single wish to relax when too few therapists fit, and what that buys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nearer.matching.engine.answer import Relaxation
from nearer.matching.engine.bitmaps import Words, count, rows_in
from nearer.matching.engine.eligible import Question, eligible
from nearer.matching.engine.request import Request, Strength, Wish
from nearer.matching.engine.times import wanted


def ladder(question: Question, found: Words) -> tuple[Relaxation, ...]:
    """Return every single relaxation that lets more therapists fit, the one that lets in the most first.

    Each must is turned into a nice (dropping it would let in the same therapists), and any time is allowed where
    times were wished for. Each step is counted by asking the relaxed request anew. Licence, payment and age are
    no preferences and are never relaxed. Equal gains stand in the order of their openings tomorrow, then as wished.
    """
    before = _openings_on_first_day(question, found)
    steps = []
    for wish, relaxed in _relaxed(question.request):
        other = Question(relaxed, question.pool, question.at)
        then = eligible(other)
        gains = count(then) - count(found)
        if gains:
            steps.append(Relaxation(wish, gains, _openings_on_first_day(other, then) - before))
    return tuple(sorted(steps, key=lambda step: (-step.gains, -step.openings_tomorrow)))


def _relaxed(request: Request) -> list[tuple[Wish | None, Request]]:
    wishes = request.wishes
    steps: list[tuple[Wish | None, Request]] = []
    for place, wish in enumerate(wishes):
        if wish.strength is Strength.MUST:
            softer = replace(wish, strength=Strength.NICE)
            steps.append((wish, replace(request, wishes=(*wishes[:place], softer, *wishes[place + 1 :]))))
    if request.times:
        steps.append((None, replace(request, times=frozenset())))
    return steps


def _openings_on_first_day(question: Question, found: Words) -> int:
    """Count the wanted opening hours of those who fit on the first day that may be booked."""
    rows = rows_in(found)
    hours = wanted(question.request, question.pool.anchor, question.at).on_day(question.request.lead_days)
    return sum(
        int(np.bitwise_count(question.pool.openings[word, rows] & np.uint64(mask)).sum(dtype=np.int64))
        for word, mask in enumerate(hours.tolist())
        if mask
    )
