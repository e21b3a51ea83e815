"""What a therapist's feed tells: their appointments, and at most by initials with whom."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import override

from nearer.accounts.api import clients
from nearer.foundation.sealing import ring
from nearer.foundation.timerange import TimeRange
from nearer.scheduling.calendars import FeedEntry, FeedFile, feed_text
from nearer.scheduling.models import Appointment, Attendance, Feed, Move
from nearer.scheduling.policies import FeedUnknown
from nearer.scheduling.queries.appointments import SHOWN
from nearer.scheduling.rules.busy import FeedCard
from nearer.scheduling.rules.initials import initials
from nearer.scheduling.rules.states import CANCELLED

#: How long ago an appointment may be over and still be told.
BACK = timedelta(days=30)


def secret_index(secret: str) -> str:
    """Return the keyed hash by which a feed is found; without the key file it says nothing of the secret."""
    return ring().blind_index(secret, purpose="scheduling|feed")


def feed_of(therapist_id: int) -> FeedCard | None:
    """Return what is known of a therapist's feed, or None where they have none. Its secret nobody knows."""
    row = Feed.objects.filter(diary_id=therapist_id).first()
    return None if row is None else FeedCard(row.made_at, row.with_initials)


def feed_file(secret: str, *, now: datetime) -> FeedFile:
    """Return the calendar file behind a feed's secret. Four queries at most, however many appointments.

    :raises FeedUnknown: no feed has this secret (any more).
    """
    feed = Feed.objects.filter(secret_index=secret_index(secret)).first()
    if feed is None:
        raise FeedUnknown
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = list(_rows(feed, since=today - BACK))
    called = _called(rows) if feed.with_initials else {}
    with override(feed.language):
        entries = [_entry(row, called) for row in rows]
    # With each day one may drop out at the end, so what was got the day before can have changed.
    changed = max([feed.made_at, today, *(entry.changed_at for entry in entries)])
    return feed_text(entries, changed_at=changed)


def _rows(feed: Feed, *, since: datetime) -> QuerySet[Appointment]:
    moved = Move.objects.filter(appointment=OuterRef("pk")).order_by().values("appointment")
    attending = Attendance.objects.filter(appointment=OuterRef("pk")).order_by("client_id").values("client_id")
    return (
        Appointment.objects.filter(therapist_id=feed.pk, status__in=SHOWN, session__endswith__gt=since)
        .annotate(
            changed_at=Greatest("created_at", "confirmed_at", "ended_at", Subquery(moved.values(last=Max("moved_at")))),
            client_ids=ArraySubquery(attending),
        )
        .order_by("session", "id")
    )


def _called(rows: list[Appointment]) -> dict[int, str]:
    ids = {client_id for row in rows for client_id in row.client_ids}  # type: ignore[attr-defined]
    return {client_id: initials(card.called) for client_id, card in clients(ids).items()}


def _entry(row: Appointment, called: dict[int, str]) -> FeedEntry:
    is_cancelled = row.status == CANCELLED
    what = _("Cancelled appointment") if is_cancelled else _("Appointment")
    who = [called[each] for each in row.client_ids if each in called]  # type: ignore[attr-defined]
    return FeedEntry(
        id=row.id,
        sequence=row.sequence,
        session=TimeRange(row.session.lower, row.session.upper),
        changed_at=row.changed_at,  # type: ignore[attr-defined]
        is_cancelled=is_cancelled,
        summary=" ".join([what, *who]),
    )
