"""What holds for a booking after its time was taken: its terms, its other times, what was asked, what followed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from nearer.care.models import Booking, Proposal
from nearer.care.queries.finding import ask_of
from nearer.care.queries.series import Together, together
from nearer.care.queries.terms import Settled, earlier_lapses, outcome_of, policy_for, terms_text
from nearer.care.records import BookingCard
from nearer.care.rules.answers import ME, US, Answers
from nearer.care.rules.policy import CLIENT, Consequence, what_if_cancelled
from nearer.directory.api import PlanUnknown
from nearer.foundation.timerange import TimeRange
from nearer.matching.api import Match, answer


@dataclass(frozen=True, slots=True)
class Wanted:
    """The other time that the therapist asks for, and until when it is held."""

    session: TimeRange
    until: datetime


@dataclass(frozen=True, slots=True)
class After:
    """What stands beside a booking. `asked` is None where nothing waits for an answer."""

    terms: tuple[str, ...]
    others: tuple[Together, ...]
    asked: Wanted | None
    outcome: Settled | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Others who have time, for a client whose therapist can't keep theirs; and the search that found them."""

    answers: Answers
    matches: tuple[Match, ...]


def after(card: BookingCard, now: datetime) -> After:
    """Return what stands beside a booking. A constant number of queries."""
    return After(terms_text(card.id), together(card.id), _asked(card.id, now), outcome_of(card.id))


def if_cancelled(card: BookingCard, now: datetime) -> Consequence:
    """Return what follows if the client cancels now, by the terms of this booking."""
    earlier = earlier_lapses(card.client.id if card.client else None)
    appointment = card.appointment
    return what_if_cancelled(
        policy_for(card.id), appointment.session, now, CLIENT, booked_at=appointment.confirmed_at, earlier=earlier
    )


def elsewhere(card: BookingCard, now: datetime) -> Elsewhere:
    """Return who else can see this client, the first few, with times that can be held now; what they gave is kept."""
    answers = following(card, card.answers)
    try:
        found = answer(ask_of(answers, card.appointment.service), now=now)
    except PlanUnknown:
        return Elsewhere(answers, ())
    return Elsewhere(answers, found.matches[: policy_for(card.id).therapist.offer_others])


def following(card: BookingCard, answers: Answers) -> Answers:
    """Return a search that comes after a booking: without its therapist, for the same service, with what was given."""
    who = US if card.appointment.service == "couples" else ME
    therapist_id = card.appointment.therapist_id
    excluded = tuple(dict.fromkeys((*answers.excluded, therapist_id)))
    return replace(answers, who=who, zone=card.time_zone, excluded=excluded, follows=card.id, complete=True)


def to_follow(answers: Answers) -> Booking | None:
    """Return the booking that a search comes after, if its client proved who they are."""
    if answers.follows is None or answers.who != ME:
        return None
    found = Booking.objects.filter(pk=answers.follows, client__email_verified_at__isnull=False)
    return found.select_related("client").first()


def _asked(booking_id: int, now: datetime) -> Wanted | None:
    row = Proposal.objects.filter(booking_id=booking_id, answer="", until__gt=now).select_related("hold").first()
    if row is None or row.hold.status != "held":
        return None
    return Wanted(TimeRange(row.hold.session.lower, row.hold.session.upper), row.until)
