"""The hard constraints: who may be shown to this client at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import numpy as np

from nearer.matching.engine.bitmaps import Rows, Words, at_rows
from nearer.matching.engine.pool import Pool
from nearer.matching.engine.postings import Opens, having, having_any, in_networks, opens, paying_self
from nearer.matching.engine.request import IN_PERSON, TELEHEALTH, Kind, Request, Strength, Wish
from nearer.matching.engine.ties import row_of
from nearer.matching.engine.times import wanted

#: The column that answers each kind of wish; modality has none of its own.
COLUMN: dict[Kind, str] = {
    "concern": "concerns",
    "approach": "approaches",
    "style": "styles",
    "language": "languages",
    "identity": "identities",
}


class Question:
    """One request put to one pool at one time: what the hard constraints and the scores both look at."""

    __slots__ = ("at", "by_telehealth", "in_person", "opens", "pool", "request")

    def __init__(self, request: Request, pool: Pool, at: datetime) -> None:
        self.request = request
        self.pool = pool
        self.at = at
        self.opens: Opens = opens(pool, wanted(request, pool.anchor, at))
        first, *others = request.jurisdictions
        self.by_telehealth = having(pool, "telehealth_in", first)
        self.in_person = having(pool, "in_person_in", first)
        if not request.ways & IN_PERSON:
            self.in_person = np.zeros_like(self.in_person)
        for other in others:
            self.by_telehealth = self.by_telehealth & having(pool, "telehealth_in", other)

    def code(self, kind: Kind, bit: int) -> Words:
        """Return the rows that have one code of one kind, as this client would find them."""
        if kind == "modality":
            return self.by_telehealth if 1 << bit == TELEHEALTH else self.in_person
        return having(self.pool, COLUMN[kind], bit)

    def reachable(self, modalities: int) -> Words:
        """Return the rows that this client may see in at least one of `modalities`."""
        if modalities == TELEHEALTH:
            return self.by_telehealth
        if modalities == IN_PERSON:
            return self.in_person
        return self.by_telehealth | self.in_person

    def had(self, wish: Wish, rows: Rows) -> Words:
        """Return which codes of `wish` each of `rows` has, as masks."""
        mask = np.uint64(wish.mask)
        if wish.kind == "modality":
            return self.modalities(rows) & mask
        column: Words = getattr(self.pool, COLUMN[wish.kind])
        return column[rows] & mask

    def modalities(self, rows: Rows) -> Words:
        """Return the ways in which each of `rows` may see this client, as masks."""
        return at_rows(self.by_telehealth, rows) | at_rows(self.in_person, rows) << np.uint64(1)

    def must(self, wish: Wish) -> Words:
        """Return the rows that have at least one of the codes of `wish`."""
        if wish.kind == "modality":
            return self.reachable(wish.mask)
        return having_any(self.pool, COLUMN[wish.kind], wish.mask)


def constraints(question: Question) -> Iterator[tuple[str, Words]]:
    """Yield each hard constraint's name and the rows that meet it, the ones that keep the fewest rows first."""
    request, pool = question.request, question.pool
    yield "payment", paying_self(pool) if request.networks is None else in_networks(pool, request.networks)
    yield "openings", question.opens.anyone()
    yield "licence", question.reachable(request.ways)
    for bit in range(request.ages.bit_length()):
        if request.ages >> bit & 1:
            yield "ages", having(pool, "ages", bit)
    for wish in request.wishes:
        if wish.strength is Strength.MUST:
            yield wish.kind, question.must(wish)


def eligible(question: Question) -> Words:
    """Return the rows that meet every hard constraint."""
    found: Words | None = None
    for _, rows in constraints(question):
        found = rows.copy() if found is None else np.bitwise_and(found, rows, out=found)
    assert found is not None
    for wish in question.request.avoided:
        found &= ~question.must(wish)
    for therapist_id in question.request.excluded:
        row = row_of(question.pool, therapist_id)
        if row is not None:
            found[row >> 6] &= np.uint64(~(1 << (row & 63)) & 0xFFFFFFFFFFFFFFFF)
    return found
