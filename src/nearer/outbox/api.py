"""The outbox's face: leave a message, take it back; read what was left, in a demonstration."""

from __future__ import annotations

from nearer.outbox.operations.leaving import keys_left, leave, leave_many, withdraw, withdraw_about, withdraw_all
from nearer.outbox.operations.reaching import MailServerRefused, try_mail_server
from nearer.outbox.queries import OutgoingMessage, sent_messages
from nearer.outbox.records import Letter

__all__ = [
    "Letter",
    "MailServerRefused",
    "OutgoingMessage",
    "keys_left",
    "leave",
    "leave_many",
    "sent_messages",
    "try_mail_server",
    "withdraw",
    "withdraw_about",
    "withdraw_all",
]
