"""Whom a therapist sees, and what each chose to tell: for the therapist's desk, and for no one else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nearer.accounts import api as accounts
from nearer.care.models import Booking, Outcome, Proposal, Rematch
from nearer.care.policies import check_theirs
from nearer.care.queries.terms import NOTHING, consequence_words, earlier_lapses, policy_for
from nearer.care.rules import policy as rules
from nearer.care.rules.answers import Wish, from_payload
from nearer.care.rules.policy import Consequence, Policy
from nearer.care.rules.told import Told, from_kept
from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api as scheduling


@dataclass(frozen=True, slots=True)
class Asked:
    """Another time that the therapist asked for. `answer` is empty while nobody answered; `until` is when that ends."""

    session: TimeRange
    until: datetime
    answer: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One client and one of their appointments, as their therapist sees it.

    `wishes` is what they chose to tell of what they want help with, as codes of the directory's vocabulary; `note`
    is what they wrote for their next therapist. `outcome` says in words what followed from cancelling or missing.
    """

    booking_id: int
    appointment: scheduling.AppointmentCard
    client: accounts.ClientCard
    is_new: bool
    told: Told
    wishes: tuple[Wish, ...]
    jurisdiction: str
    member_id: str
    note: str
    asked: Asked | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """What would follow, in words, before anybody does it. `reasons` are those for which a fee may be let go.

    `missed` is, of two people, that of whoever would owe more.
    """

    if_cancelled: str
    if_missed: str
    missed: Consequence
    reasons: tuple[str, ...]


def clients_of(therapist_id: int, window: TimeRange) -> tuple[Visit, ...]:
    """Return a therapist's appointments of a window with who comes, in order; for a couple, one line for each.

    Eight queries at most, however many there are.
    """
    cards = {card.id: card for card in scheduling.appointments_of(therapist_id, window)}
    rows = list(Booking.objects.filter(appointment_id__in=cards, client__isnull=False).order_by("place"))
    people = accounts.clients({row.client_id for row in rows if row.client_id is not None})
    found = _Beside(rows)
    visits = [
        _visit(row, cards[row.appointment_id], people[row.client_id], found) for row in rows if row.client_id in people
    ]
    return tuple(sorted(visits, key=lambda visit: (visit.appointment.session, visit.booking_id)))


def consequences_of(appointment_id: int, therapist_id: int, now: datetime) -> Consequences:
    """Return what would follow from each act on an appointment, for whoever is about to do it.

    :raises AppointmentUnknown: this therapist has no such appointment.
    """
    card = scheduling.appointment(appointment_id)
    check_theirs(card, therapist_id)
    rows = list(Booking.objects.filter(appointment_id=appointment_id).order_by("place"))
    agreed = policy_for(rows[0].pk) if rows else NOTHING
    each = [_if_missed(row, agreed, card) for row in rows] or [_if_missed(None, agreed, card)]
    missed = max(each, key=lambda one: one.fee_cents)
    cancelled = rules.what_if_cancelled(agreed, card.session, now, rules.THERAPIST)
    return Consequences(
        if_cancelled=consequence_words(cancelled),
        if_missed=_each_in_words(rows, each),
        missed=missed,
        reasons=agreed.waivers.reasons if missed.fee_cents else (),
    )


def _if_missed(row: Booking | None, agreed: Policy, card: scheduling.AppointmentCard) -> Consequence:
    earlier = earlier_lapses(row.client_id) if row is not None else 0
    return rules.what_if_missed(agreed, card.session, earlier=earlier, booked_at=card.confirmed_at)


def _each_in_words(rows: Sequence[Booking], each: Sequence[Consequence]) -> str:
    """Return what follows in words; where two come and anything could be owed, for each of them by name."""
    if len(rows) < 2 or not any(one.full_cents for one in each):  # noqa: PLR2004 - a couple
        return consequence_words(each[0])
    called = accounts.clients({row.client_id for row in rows if row.client_id is not None})
    said = zip(rows, each, strict=True)
    return " ".join(
        f"{called[row.client_id].called}: {consequence_words(one)}" for row, one in said if row.client_id in called
    )


class _Beside:
    """What stands beside a page of bookings, each kind read in one query."""

    def __init__(self, rows: Sequence[Booking]) -> None:
        ids = [row.pk for row in rows]
        asked = Proposal.objects.filter(booking_id__in=ids).select_related("hold").order_by("made_at")
        self.asked = {each.booking_id: each for each in asked}
        self.outcomes = {each.booking_id: each for each in Outcome.objects.filter(booking_id__in=ids)}
        notes = Rematch.objects.filter(next_booking_id__in=ids)
        self.notes = {each.next_booking_id: each.note for each in notes}


def _visit(row: Booking, card: scheduling.AppointmentCard, client: accounts.ClientCard, beside: _Beside) -> Visit:
    answers = from_payload(json.loads(row.request))
    outcome = beside.outcomes.get(row.pk)
    return Visit(
        booking_id=row.pk,
        appointment=card,
        client=client,
        is_new=card.is_intake,
        told=from_kept(row.told),
        wishes=answers.wishes,
        jurisdiction=answers.jurisdiction,
        member_id=row.member_id,
        note=beside.notes.get(row.pk, ""),
        asked=_asked(beside.asked.get(row.pk)),
        outcome="" if outcome is None else _words(outcome),
    )


def _asked(row: Proposal | None) -> Asked | None:
    if row is None:
        return None
    return Asked(TimeRange(row.hold.session.lower, row.hold.session.upper), row.until, row.answer)


def _words(row: Outcome) -> str:
    return consequence_words(Consequence(row.kind, row.fee_cents, row.full_cents, row.waived, row.decided_at))
