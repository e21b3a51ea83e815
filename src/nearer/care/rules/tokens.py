"""The two kinds of link: a search, which says nothing about whom it is for, and a booking, which is a key to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from nearer.care.rules.answers import GOOD_FOR, Answers, from_payload, payload
from nearer.foundation import sealing

#: How long after a session its booking can still be opened.
BOOKING_GOOD_FOR = timedelta(days=30)


def seal_answers(answers: Answers, now: datetime) -> str:
    """Return a search as text for an address, good for 24 hours."""
    return sealing.ring().token(payload(answers), purpose="request", expires_at=now + GOOD_FOR)


def open_answers(token: str, now: datetime) -> Answers:
    """Return the answers that a token carries.

    :raises CannotUnseal: it was altered, or is none of ours.
    :raises TokenExpired: it is older than a day.
    :raises AnswersUnreadable: another version wrote it.
    """
    return from_payload(sealing.ring().read_token(token, purpose="request", now=now))


def seal_booking(booking_id: int, session_end: datetime) -> str:
    """Return the key to a booking as text for an address, good until 30 days after the session."""
    return sealing.ring().token({"b": booking_id}, purpose="booking", expires_at=session_end + BOOKING_GOOD_FOR)


def open_booking(token: str, now: datetime) -> int:
    """Return which booking a token opens.

    :raises CannotUnseal: it was altered, or is none of ours.
    :raises TokenExpired: the session was more than 30 days ago.
    """
    return int(sealing.ring().read_token(token, purpose="booking", now=now)["b"])
