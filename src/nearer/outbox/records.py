"""What is left for somebody, and what a mail server is reached by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message to be sent at `due_at` at the earliest, and after `until` (None: ever) not at all.

    `about` names what it goes with, such as "appointment:17": when that is withdrawn, so is this. `stop` is the
    address at which one click ends such messages (RFC 8058); the subject must say nothing personal.
    """

    kind: str
    key: str
    to: str
    subject: str
    body: str
    due_at: datetime
    until: datetime | None = None
    about: str = ""
    stop: str = ""
