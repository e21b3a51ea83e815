"""What the outbox holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nearer.outbox.models import Message


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message as its reader sees it. Only a demonstration ever shows one to anybody else."""

    kind: str
    to: str
    subject: str
    body: str
    calendar: str
    calendar_method: str
    created_at: datetime
    sent_at: datetime | None


def sent_messages(limit: int) -> tuple[OutgoingMessage, ...]:
    """Return the newest messages, newest first, whether they went out yet or not."""
    return tuple(_opened(message) for message in Message.objects.order_by("-created_at", "-id")[:limit])


def _opened(message: Message) -> OutgoingMessage:
    return OutgoingMessage(
        kind=message.kind,
        to=message.to,
        subject=message.subject,
        body=message.body,
        calendar=message.calendar,
        calendar_method=message.calendar_method,
        created_at=message.created_at,
        sent_at=message.sent_at,
    )
