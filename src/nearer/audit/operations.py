"""Writing down who did what."""

from __future__ import annotations

from collections.abc import Mapping

from nearer.audit.models import Event


def record(*, actor: str, action: str, subject: str, detail: Mapping[str, object] | None = None) -> None:
    """Write one act in the caller's transaction; it stands exactly if what it tells of does.

    :param actor: `client:7`, `therapist:7`, `visitor` or `system`.
    :param subject: what was acted on, as `appointment:7`.
    :param detail: never a word of content: times, versions, counts.
    """
    Event.objects.create(actor=actor, action=action, subject=subject, detail=dict(detail or {}))
