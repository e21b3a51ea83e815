"""Sending what is due: taken under a lease, handed to a carrier outside any transaction, noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q, QuerySet

from nearer.outbox.models import Message
from nearer.outbox.operations.postmen import Postman, a_postman, uses_postmen
from nearer.outbox.rules import EARLY, LEASE, UNREACHED, WAITS, may_try, wait_after

#: Messages that one worker takes at once. All of them are sent within the lease even by a slow mail server.
BATCH = 20


class NotSent(Exception):
    """A message could not be sent. `again` is when to try next; None where it failed for good.

    It names the message by its number and the trouble by its kind: a mail server's own words may
    hold the address, and a log must not.
    """

    def __init__(self, message_id: int, trouble: str, again: timedelta | None) -> None:
        super().__init__(f"message {message_id} was not sent: {trouble}")
        self.trouble = trouble
        self.again = again


def send(*, message_id: int, now: datetime) -> None:
    """Send a message that is due and not sent yet. No row is locked and no transaction open while the server answers.

    Two workers never send it at once. What a worker leaves behind that died is sent once its lease is over, unless
    its postman still brought it to the mail server: then it is noted as sent.

    :raises NotSent: the mail server did not take it.
    """
    claimed = _claimed(Message.objects.filter(pk=message_id), now)
    if not claimed:
        return
    with a_postman() as postman:
        failure = _sent(claimed[0], postman, now)
    if failure is not None:
        raise failure


def post(*, now: datetime) -> int:
    """Send some of what is due, the longest waiting first, over one connection; return how many were taken.

    Where no mail server is reached, what was taken goes back untried, and 0 is returned: it is no use to go on.
    """
    Message.objects.filter(sent_at__isnull=True, failed_at__isnull=True, until__lte=now).update(
        failed_at=now, last_error="TooLate"
    )
    claimed = _claimed(Message.objects.order_by("due_at", "id"), now)
    with a_postman() as postman:
        for place, message in enumerate(claimed):
            failure = _sent(message, postman, now)
            if failure is not None and failure.trouble in UNREACHED:
                _give_back(claimed[place + 1 :], now)
                return 0
    return len(claimed)


@transaction.atomic(durable=True)
def _claimed(wanted: QuerySet[Message], now: datetime) -> Sequence[Message]:
    """Take what is to be sent now, for as long as the lease lasts, and count the try."""
    waiting = wanted.filter(sent_at__isnull=True, failed_at__isnull=True, due_at__lte=now + EARLY)
    waiting = waiting.filter(Q(until__isnull=True) | Q(until__gt=now))
    messages = list(waiting.select_for_update(skip_locked=True)[:BATCH])
    for message in messages:
        message.attempts, message.due_at = message.attempts + 1, now + LEASE
    Message.objects.bulk_update(messages, ["attempts", "due_at"])
    return messages


def _give_back(messages: Sequence[Message], now: datetime) -> None:
    untried = Message.objects.filter(pk__in=[message.pk for message in messages], sent_at__isnull=True)
    untried.update(attempts=F("attempts") - 1, due_at=now + WAITS[0])


def _sent(message: Message, postman: Postman, now: datetime) -> NotSent | None:
    """Hand over one message and note what came of it."""
    if not may_try(message.attempts):
        failure: NotSent | None = NotSent(message.pk, "WorkerDied", None)
        is_noted = False
    else:
        trouble, is_noted = _tried(message, postman, now)
        failure = NotSent(message.pk, trouble, wait_after(message.attempts)) if trouble else None
    if not is_noted:
        _note(message, failure, now)
    return failure


def _tried(message: Message, postman: Postman, now: datetime) -> tuple[str, bool]:
    """Return what went wrong, if anything, and whether it is noted already that nothing did."""
    mail = as_mail(message)
    if uses_postmen():
        return postman.bring(message.pk, mail, now)
    try:
        mail.send()
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the message is tried again
        return type(error).__name__, False
    return "", False


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

    The Message-ID follows from the row, so that a mailbox shows even a message that was sent twice once. Where
    such messages can be ended, mail programs are told how: RFC 8058.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    if message.stop:
        headers |= {"List-Unsubscribe": f"<{message.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = EmailMultiAlternatives(message.subject, message.body, to=[message.to], headers=headers)
    if message.calendar:
        mail.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
    return mail
