"""Leaving a message, and sending it."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from procrastinate.contrib.django import app

from nearer.outbox.models import Message
from nearer.outbox.rules import wait_after

DELIVER = "outbox.deliver"


class NotSent(Exception):
    """A message could not be sent. `again` is when to try next; None where it failed for good.

    It names the message by its number and the trouble by its kind: a mail server's own words may
    hold the address, and a log must not.
    """

    def __init__(self, message_id: int, trouble: str, again: timedelta | None) -> None:
        super().__init__(f"message {message_id} was not sent: {trouble}")
        self.again = again


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
) -> None:
    """Write a message in the caller's transaction; it is sent once that is committed, and at `due_at` at the earliest.

    The same key twice is one message. The subject must say nothing personal.

    :raises RuntimeError: there is no transaction, so nothing would tie the message to what it tells of.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a message is left in the transaction of what it tells of")
    message = Message(
        kind=kind,
        key=key,
        subject=subject,
        calendar_method=calendar_method,
        created_at=now,
        due_at=due_at or now,
    )
    message.to, message.body, message.calendar = to, body, calendar
    Message.objects.bulk_create([message], ignore_conflicts=True)
    if Message.objects.filter(pk=message.pk).exists():
        defer(message_id=message.pk, at=due_at)


def withdraw(*, key: str) -> None:
    """Take back a message that has not gone out; one that has, or never was, stays as it is."""
    Message.objects.filter(key=key, sent_at__isnull=True).delete()


def forget(*, before: datetime) -> int:
    """Delete messages that were sent, or failed for good, and were written before then; return how many."""
    done = Message.objects.filter(created_at__lt=before).exclude(sent_at__isnull=True, failed_at__isnull=True)
    return done.delete()[0]


def defer(*, message_id: int, at: datetime | None = None) -> None:
    """Ask a worker to send this message, through this connection: the job is there once the transaction is."""
    app.configure_task(DELIVER, schedule_at=at).defer(message_id=message_id)


def send(*, message_id: int, now: datetime) -> None:
    """Send a message that is not sent yet. The row stays locked meanwhile, so that no second worker sends it too.

    :raises NotSent: the mail server did not take it.
    """
    failure = None
    with transaction.atomic():
        waiting = Message.objects.filter(pk=message_id, sent_at__isnull=True, failed_at__isnull=True)
        message = waiting.select_for_update(skip_locked=True).first()
        if message is not None:
            failure = _tried(message, now)
    if failure is not None:
        raise failure


def _tried(message: Message, now: datetime) -> NotSent | None:
    message.attempts += 1
    failure = None
    try:
        as_mail(message).send()
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the message is tried again
        failure = NotSent(message.pk, type(error).__name__, wait_after(message.attempts))
        message.last_error = type(error).__name__
        message.due_at = now + (failure.again or timedelta(0))
        message.failed_at = None if failure.again else now
    else:
        message.sent_at, message.last_error = now, ""
    message.save(update_fields=["attempts", "sent_at", "failed_at", "last_error", "due_at"])
    return failure


def as_mail(message: Message) -> EmailMultiAlternatives:
    """Return the e-mail, with the calendar beside the text as RFC 6047 asks, where there is one.

    The Message-ID follows from the row, so that a mailbox shows even a message that was sent twice once.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(message.subject, message.body, to=[message.to], headers=headers)
    if message.calendar:
        mail.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
    return mail
