"""The ladder: what to let go of when too few therapists fit, and whom that brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import NamedTuple

from nearer.matching.engine.answer import EverythingNice, Relaxation, Relaxed
from nearer.matching.engine.bitmaps import Words, count
from nearer.matching.engine.eligible import Question, eligible
from nearer.matching.engine.request import IN_PERSON, Kind, Request, Strength, Wish


class _Brought(NamedTuple):
    """How many fit a request who did not fit another, and how many of them on the first day that may be booked."""

    people: int
    tomorrow: int


def ladder(question: Question, found: Words) -> tuple[Relaxation, ...]:
    """Return every single relaxation that lets more therapists fit, the one that lets in the most first.

    All musts of one kind are let go together, and any time is allowed where times were wished for; people in two
    jurisdictions, who did not choose to, could meet in the first. Each step is counted by asking the relaxed request
    anew. Licence, payment and age are no preferences and are never relaxed. Equal gains stand in the order of how
    many of them are free tomorrow, then as wished.
    """
    steps = []
    for what, mask, relaxed in _relaxed(question.request):
        brought = _brought(relaxed, question, ~found)
        if brought.people:
            steps.append(Relaxation(what, mask, *brought))
    return tuple(sorted(steps, key=lambda step: (-step.gains, -step.people_tomorrow)))


def everything_nice(question: Question, found: Words) -> EverythingNice | None:
    """Return who would fit with no must at all, at any time; None where nobody would who is not in `found`.

    People in two jurisdictions are looked for by video, and only where that has nobody new, in the first of them.
    """
    request = question.request
    open_to_all = replace(request, wishes=_without_musts(request), times=frozenset())
    for asked in (open_to_all, *_in_person(open_to_all)):
        if _brought(asked, question, ~found).people:
            return EverythingNice(*_brought(asked, question), in_person=asked is not open_to_all)
    return None


def _brought(request: Request, question: Question, among: Words | None = None) -> _Brought:
    other = Question(request, question.pool, question.at)
    then = eligible(other) if among is None else eligible(other) & among
    return _Brought(count(then), count(then & other.opens.by(request.lead_days)))


def _relaxed(request: Request) -> Iterator[tuple[Relaxed, int, Request]]:
    musts = [wish for wish in request.wishes if wish.strength is Strength.MUST]
    for kind in dict.fromkeys(wish.kind for wish in musts):
        mask = reduce(or_, (wish.mask for wish in musts if wish.kind == kind))
        yield kind, mask, replace(request, wishes=_without_musts(request, kind))
    if request.times:
        yield "times", 0, replace(request, times=frozenset())
    yield from (("in_person", IN_PERSON, there) for there in _in_person(request))


def _without_musts(request: Request, kind: Kind | None = None) -> tuple[Wish, ...]:
    """Return the wishes but the musts, of one kind or of all: as nices they would shut out nobody either."""
    return tuple(wish for wish in request.wishes if wish.strength is not Strength.MUST or kind not in {None, wish.kind})


def _in_person(request: Request) -> Iterator[Request]:
    """Yield the request with meeting in the first jurisdiction in place of video, where that was not to be had."""
    if not request.ways & IN_PERSON:
        others = (wish for wish in request.wishes if wish.kind != "modality")
        yield replace(request, wishes=(Wish("modality", IN_PERSON, Strength.MUST), *others))
