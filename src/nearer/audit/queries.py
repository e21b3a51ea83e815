"""Reading who did what. There is no content in it to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from nearer.audit.models import Event

#: Who acts, by the word before the colon.
KINDS = ("client", "therapist", "staff", "visitor", "system")


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the trail."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, object]


def trail(
    *, subject: str = "", kind: str = "", day: date | None = None, before: int | None = None, most: int = 100
) -> tuple[Act, ...]:
    """Return acts, the latest first. One query.

    :param subject: what was acted on, such as `appointment:7`.
    :param kind: who acted: one of KINDS.
    :param day: a UTC day.
    :param before: only acts written before the one with this id.
    """
    rows = Event.objects.order_by("-id")
    if subject:
        rows = rows.filter(subject=subject)
    if kind:
        rows = rows.filter(Q(actor=kind) | Q(actor__startswith=f"{kind}:"))
    if day is not None:
        start = datetime.combine(day, time(), UTC)
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(Act(*row) for row in rows.values_list("id", "at", "actor", "action", "subject", "detail")[:most])
