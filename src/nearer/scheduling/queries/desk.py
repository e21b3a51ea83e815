"""A diary, for the one whose diary it is."""

from __future__ import annotations

from datetime import datetime

from nearer.scheduling.policies import no_diary
from nearer.scheduling.queries.diaries import diary_pages
from nearer.scheduling.rules.desk import DiaryView, view_of


def diary(therapist_id: int, *, now: datetime) -> DiaryView:
    """Return one therapist's diary. One query.

    :raises NoDiary: they have none yet.
    """
    pages = diary_pages([therapist_id]).get(therapist_id)
    if pages is None:
        raise no_diary()
    return view_of(pages, now)
