"""Leaving a message, and sending it."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from nearer.outbox.models import Message
from nearer.outbox.rules import EARLY, KEPT, KEPT_SHORT, LEASE, SHORT_LIVED, may_try, wait_after

DELIVER = "outbox.deliver"


class NotSent(Exception):
    """A message could not be sent. `again` is when to try next; None where it failed for good.

    It names the message by its number and the trouble by its kind: a mail server's own words may
    hold the address, and a log must not.
    """

    def __init__(self, message_id: int, trouble: str, again: timedelta | None) -> None:
        super().__init__(f"message {message_id} was not sent: {trouble}")
        self.trouble = trouble
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
    """Take back a message that has not gone out; one that has, or never was, stays as it is.

    One that is being sent this moment goes out, and is not tried again. Nobody waits here for a worker.
    """
    waiting = Message.objects.filter(key=key, sent_at__isnull=True).select_for_update(skip_locked=True)
    Message.objects.filter(pk__in=waiting.values("pk")).delete()


def forget(*, now: datetime) -> int:
    """Delete messages that were sent, or failed for good, and were kept long enough; return how many."""
    old = Q(created_at__lt=now - KEPT) | Q(created_at__lt=now - KEPT_SHORT, kind__in=SHORT_LIVED)
    return Message.objects.filter(old).exclude(sent_at__isnull=True, failed_at__isnull=True).delete()[0]


def defer(*, message_id: int, at: datetime | None = None) -> None:
    """Ask a worker to send this message, through this connection: the job is there once the transaction is."""
    app.configure_task(DELIVER, schedule_at=at).defer(message_id=message_id)


def send(*, message_id: int, now: datetime) -> None:
    """Send a message that is due and not sent yet. No row is locked and no transaction open while the server answers.

    Two workers never send it at once. A worker that dies between the mail server's yes and the note of it leaves a
    message that is sent again, with the same Message-ID, once its lease is over.

    :raises NotSent: the mail server did not take it.
    """
    message = _claimed(message_id, now)
    if message is None:
        return
    failure = _tried(message)
    _note(message, failure, now)
    if failure is not None:
        raise failure


@transaction.atomic(durable=True)
def _claimed(message_id: int, now: datetime) -> Message | None:
    """Take a message for as long as the lease lasts, and count the try; None where it is not to be sent now."""
    waiting = Message.objects.filter(pk=message_id, sent_at__isnull=True, failed_at__isnull=True)
    message = waiting.filter(due_at__lte=now + EARLY).select_for_update(skip_locked=True).first()
    if message is not None:
        message.attempts, message.due_at = message.attempts + 1, now + LEASE
        message.save(update_fields=["attempts", "due_at"])
    return message


def _tried(message: Message) -> NotSent | None:
    if not may_try(message.attempts):
        return NotSent(message.pk, "WorkerDied", None)
    try:
        as_mail(message).send()
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the message is tried again
        return NotSent(message.pk, type(error).__name__, wait_after(message.attempts))
    return None


def _note(message: Message, failure: NotSent | None, now: datetime) -> None:
    """Write down what came of it. A failure is no news where another worker has taken the message meanwhile."""
    row = Message.objects.filter(pk=message.pk)
    if failure is None:
        row.update(sent_at=now, failed_at=None, last_error="")
        return
    again, ended = now + (failure.again or timedelta(0)), None if failure.again else now
    row.filter(attempts=message.attempts, sent_at__isnull=True).update(
        due_at=again, failed_at=ended, last_error=failure.trouble
    )


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
