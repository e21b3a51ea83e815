"""What was agreed about booking, cancelling and coming late, and what follows from it: data and arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nearer.foundation.timerange import TimeRange

CLIENT, THERAPIST, OPERATOR = "client", "therapist", "operator"

#: What may follow from an act.
FREE = "free"  # on time: nothing is owed
LATE = "late"  # cancelled after the window
MISSED = "missed"  # nobody came
THEIRS = "theirs"  # the therapist or the practice called it off: nothing is ever owed

#: Why a fee is let go.
FIRST_TIME, GRACE = "first_time", "grace"


@dataclass(frozen=True, slots=True)
class Booking:
    """What a diary begins with: midnights of notice, and minutes kept free around a session."""

    lead_days: int = 1
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 10


@dataclass(frozen=True, slots=True)
class Cancelling:
    """Until when cancelling is on time, and what it costs after that, in US cents."""

    free_until_hours: int = 24
    grace_minutes: int = 60
    late_fee_cents: int = 0
    missed_fee_cents: int = 0


@dataclass(frozen=True, slots=True)
class Waivers:
    """When a fee is let go: always the first time, or by the therapist for one of these reasons."""

    first_time: bool = True
    reasons: tuple[str, ...] = ("illness", "emergency", "safety")


@dataclass(frozen=True, slots=True)
class Lateness:
    """How many minutes each waits for the other."""

    client_minutes: int = 15
    therapist_minutes: int = 15


@dataclass(frozen=True, slots=True)
class Therapist:
    """What a client gets when it is the therapist who can't keep a time."""

    answer_hours: int = 24
    offer_others: int = 3


@dataclass(frozen=True, slots=True)
class Couples:
    """How long a time waits for the other of two people, and how long each of them is first seen alone."""

    answer_hours: int = 24
    alone_minutes: int = 15


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of what holds between clients and a practice."""

    version: str
    booking: Booking = field(default_factory=Booking)
    cancelling: Cancelling = field(default_factory=Cancelling)
    waivers: Waivers = field(default_factory=Waivers)
    lateness: Lateness = field(default_factory=Lateness)
    therapist: Therapist = field(default_factory=Therapist)
    couples: Couples = field(default_factory=Couples)

    @property
    def charges(self) -> bool:
        """Say whether anything can ever be owed."""
        return self.cancelling.missed_fee_cents > 0


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows: `fee_cents` is owed, `full_cents` would be but for `waived` (why not; "" where nothing is let go).

    `free_until` is the last instant, in UTC, at which cancelling is on time.
    """

    kind: str
    fee_cents: int
    full_cents: int
    waived: str
    free_until: datetime


def free_until(policy: Policy, session: TimeRange, *, booked_at: datetime | None = None) -> datetime:
    """Return until when cancelling is on time: the window, or where it was booked later than that, a grace."""
    window = session.start - timedelta(hours=policy.cancelling.free_until_hours)
    if booked_at is None or booked_at <= window:
        return window
    return min(booked_at + timedelta(minutes=policy.cancelling.grace_minutes), session.start)


def what_if_cancelled(  # noqa: PLR0913 - what was agreed, what is cancelled, when, by whom, and what was before
    policy: Policy,
    session: TimeRange,
    now: datetime,
    by: str,
    *,
    booked_at: datetime | None = None,
    earlier: int = 0,
) -> Consequence:
    """Return what follows if this person cancels a session at `now`. A session that has begun is a missed one.

    :param booked_at: when it was confirmed, if that matters.
    :param earlier: how many sessions this client cancelled late or missed before.
    """
    until = free_until(policy, session, booked_at=booked_at)
    if by != CLIENT:
        return Consequence(THEIRS, 0, 0, "", until)
    if now >= session.start:
        return what_if_missed(policy, session, earlier=earlier, booked_at=booked_at)
    if now > until:
        return _owed(policy, LATE, policy.cancelling.late_fee_cents, earlier, until)
    in_grace = until > session.start - timedelta(hours=policy.cancelling.free_until_hours)
    return Consequence(FREE, 0, 0, GRACE if in_grace else "", until)


def what_if_missed(
    policy: Policy, session: TimeRange, *, earlier: int = 0, booked_at: datetime | None = None
) -> Consequence:
    """Return what follows if nobody comes to a session."""
    until = free_until(policy, session, booked_at=booked_at)
    return _owed(policy, MISSED, policy.cancelling.missed_fee_cents, earlier, until)


def let_off(consequence: Consequence, policy: Policy, reason: str) -> Consequence:
    """Return the consequence once a therapist lets the fee go; a reason that was not agreed changes nothing."""
    if reason not in policy.waivers.reasons or not consequence.fee_cents:
        return consequence
    return Consequence(consequence.kind, 0, consequence.full_cents, reason, consequence.free_until)


def _owed(policy: Policy, kind: str, cents: int, earlier: int, until: datetime) -> Consequence:
    forgiven = policy.waivers.first_time and earlier == 0 and cents > 0
    return Consequence(kind, 0 if forgiven else cents, cents, FIRST_TIME if forgiven else "", until)
