"""Leaving messages in the transaction of what they tell of, and taking them back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet
from procrastinate.contrib.django import app

from nearer.outbox.models import Message
from nearer.outbox.records import Letter
from nearer.outbox.rules import KEPT, KEPT_SHORT, SHORT_LIVED

DELIVER = "outbox.deliver"
#: Rows written by one statement: the server binds at most 65,535 values.
ROWS = 1000


def leave(  # noqa: PLR0913 - a message has this many parts
    *,
    kind: str,
    key: str,
    to: str,
    subject: str,
    body: str,
    now: datetime,
    due_at: datetime | None = None,
    calendar: str = "",
    calendar_method: str = "",
    stop: str = "",
) -> None:
    """Write a message in the caller's transaction; it is sent once that is committed, and at `due_at` at the earliest.

    The same key twice is one message. The subject must say nothing personal. `stop` is as in a `Letter`.

    :raises RuntimeError: there is no transaction, so nothing would tie the message to what it tells of.
    """
    letter = Letter(kind=kind, key=key, to=to, subject=subject, body=body, due_at=due_at or now, stop=stop)
    message = _written(letter, now)
    message.calendar, message.calendar_method = calendar, calendar_method
    _insert([message])
    if Message.objects.filter(pk=message.pk).exists():
        defer(message_id=message.pk, at=due_at)


def leave_many(letters: Sequence[Letter], *, now: datetime) -> None:
    """Write many messages at once; the worker sends each within a minute of its time. The same key twice is one.

    :raises RuntimeError: there is no transaction.
    """
    _insert([_written(letter, now) for letter in letters])


def keys_left(keys: Collection[str]) -> frozenset[str]:
    """Return those of these keys that have a message. One query."""
    return frozenset(Message.objects.filter(key__in=keys).values_list("key", flat=True))


def withdraw(*, key: str) -> None:
    """Take back a message that has not gone out; one that has, or never was, stays as it is.

    One that is being sent this moment goes out, and is not tried again. Nobody waits here for a worker.
    """
    _take_back(Message.objects.filter(key=key))


def withdraw_all(*, prefix: str) -> None:
    """Take back every message that has not gone out and whose key begins so."""
    _take_back(Message.objects.filter(key__startswith=prefix))


def withdraw_about(*, about: str) -> None:
    """Take back every message that goes with this and has not gone out."""
    _take_back(Message.objects.filter(about=about))


def forget(*, now: datetime) -> int:
    """Delete messages that were sent, or failed for good, and were kept long enough; return how many."""
    old = Q(created_at__lt=now - KEPT) | Q(created_at__lt=now - KEPT_SHORT, kind__in=SHORT_LIVED)
    return Message.objects.filter(old).exclude(sent_at__isnull=True, failed_at__isnull=True).delete()[0]


def defer(*, message_id: int, at: datetime | None = None) -> None:
    """Ask a worker to send this message, through this connection: the job is there once the transaction is."""
    app.configure_task(DELIVER, schedule_at=at).defer(message_id=message_id)


def _written(letter: Letter, now: datetime) -> Message:
    message = Message(
        kind=letter.kind,
        key=letter.key,
        subject=letter.subject,
        about=letter.about,
        created_at=now,
        due_at=letter.due_at,
        until=letter.until,
    )
    message.to, message.body, message.stop = letter.to, letter.body, letter.stop
    return message


def _insert(messages: Sequence[Message]) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a message is left in the transaction of what it tells of")
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=ROWS)


def _take_back(messages: QuerySet[Message]) -> None:
    waiting = messages.filter(sent_at__isnull=True).select_for_update(skip_locked=True)
    Message.objects.filter(pk__in=waiting.values("pk")).delete()
