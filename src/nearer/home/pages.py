"""What the pages of home show, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.matching.api import weights
from nearer.outbox.api import OutgoingMessage, sent_messages

#: How many messages the demonstration's outbox shows.
SHOWN = 100

CRITERIA: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "concerns": (_("What you want help with"), _("How many of the things you named the therapist works with.")),
    "style": (_("How they are to talk to"), _("Gentle or direct, structured or exploring.")),
    "approach": (_("How they work"), _("The kinds of therapy you named.")),
    "identity": (_("Who they are"), _("Only what therapists chose to say of themselves.")),
    "logistics": (_("Practical things"), _("Language, by video or in person.")),
    "record": (_("How clients fared"), _("Only from clients who agreed, and only once there are enough of them.")),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that counts: its share in points of 100."""

    name: str | Promise
    meaning: str | Promise
    points: int


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weights in force, for the people they are about."""

    version: int
    criteria: tuple[Criterion, ...]
    points_per_day: int
    least_record: int


@dataclass(frozen=True, slots=True)
class DemoMessage:
    """A message of a demonstration; `key` finds its calendar file again."""

    key: str
    to: str
    subject: str
    body: str
    has_calendar: bool
    left_at: datetime
    sent_at: datetime | None


def how_matching_weighs() -> Weighing:
    """Return the weights in force, as points of 100."""
    known = weights()
    return Weighing(
        version=known.version,
        criteria=tuple(Criterion(*words, round(100 * getattr(known, code))) for code, words in CRITERIA.items()),
        points_per_day=round(100 * known.delay_per_day),
        least_record=known.record_min_cases,
    )


def demo_messages() -> tuple[DemoMessage, ...]:
    """Return the newest messages of a demonstration, newest first."""
    return tuple(
        DemoMessage(
            key=_key(message),
            to=message.to,
            subject=message.subject,
            body=message.body,
            has_calendar=bool(message.calendar),
            left_at=message.created_at,
            sent_at=message.sent_at,
        )
        for message in sent_messages(SHOWN)
    )


def demo_calendar_of(key: str) -> str:
    """Return the calendar file of the message with this key, or nothing."""
    return next((message.calendar for message in sent_messages(SHOWN) if _key(message) == key), "")


def _key(message: OutgoingMessage) -> str:
    """Return the message's instant in microseconds, which is name enough in a demonstration."""
    return str(round(message.created_at.timestamp() * 1_000_000))
