"""The outbox's face: leave a message, take it back; read what was left, in a demonstration."""

from __future__ import annotations

from nearer.outbox.operations import leave, withdraw
from nearer.outbox.queries import OutgoingMessage, sent_messages

__all__ = ["OutgoingMessage", "leave", "sent_messages", "withdraw"]
