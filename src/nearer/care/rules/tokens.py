"""The kinds of link: a search, which says nothing about whom it is for, and what is a key to one thing alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from nearer.care.rules.answers import GOOD_FOR, Answers, from_payload, payload
from nearer.foundation import sealing

#: How long after a session its booking can still be opened.
BOOKING_GOOD_FOR = timedelta(days=30)
#: How long after a session its reminder can still end the others.
STOP_GOOD_FOR = timedelta(days=365)


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


def seal_follower(booking_id: int, now: datetime) -> str:
    """Return what a browser keeps to follow a booking with a search, good as long as the search."""
    return sealing.ring().token({"b": booking_id}, purpose="follower", expires_at=now + GOOD_FOR)


def open_follower(token: str, now: datetime) -> int:
    """Return which booking a browser may follow.

    :raises CannotUnseal: it was altered, or is none of ours.
    :raises TokenExpired: it is older than a day.
    """
    return int(sealing.ring().read_token(token, purpose="follower", now=now)["b"])


def seal_stop(client_id: int, session_end: datetime) -> str:
    """Return the key with which a client ends their reminders: it opens nothing else, and lasts a year."""
    return sealing.ring().token({"c": client_id}, purpose="stop", expires_at=session_end + STOP_GOOD_FOR)


def open_stop(token: str, now: datetime) -> int:
    """Return whose reminders a token ends.

    :raises CannotUnseal: it was altered, or is none of ours.
    :raises TokenExpired: it is more than a year old.
    """
    return int(sealing.ring().read_token(token, purpose="stop", now=now)["c"])


def seal_wait(wait_id: int, expires_at: datetime) -> str:
    """Return the key to a place on the waiting list, good a little longer than the place."""
    return sealing.ring().token({"w": wait_id}, purpose="wait", expires_at=expires_at + BOOKING_GOOD_FOR)


def open_wait(token: str, now: datetime) -> int:
    """Return which place on the waiting list a token opens.

    :raises CannotUnseal: it was altered, or is none of ours.
    :raises TokenExpired: that place ended a month ago.
    """
    return int(sealing.ring().read_token(token, purpose="wait", now=now)["w"])
