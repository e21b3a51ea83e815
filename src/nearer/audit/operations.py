"""Writing down who did what."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import connection

# By hand: one row goes with every act, a hold among them, and the statement alone takes a third of the model's time.
_INSERT = "INSERT INTO audit_event (actor, action, subject, detail) VALUES (%s, %s, %s, %s)"


def record(*, actor: str, action: str, subject: str, detail: Mapping[str, object] | None = None) -> None:
    """Write one act in the caller's transaction; it stands exactly if what it tells of does.

    :param actor: `client:7`, `therapist:7`, `visitor` or `system`.
    :param subject: what was acted on, as `appointment:7`.
    :param detail: never a word of content: times, versions, counts.
    """
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [actor, action, subject, json.dumps(dict(detail or {}))])
