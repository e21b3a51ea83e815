"""A therapist's feed: an address that only they know, good until they make another or take it back."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from nearer.audit import api as audit
from nearer.scheduling.models import Feed
from nearer.scheduling.operations.diaries import locked_diary
from nearer.scheduling.queries.feeds import secret_index
from nearer.scheduling.rules.states import THERAPIST

#: 192 bits, in characters that survive every calendar program.
_SECRET_BYTES = 24


@transaction.atomic
def new_feed(*, therapist_id: int, with_initials: bool, language: str, now: datetime, by: str = THERAPIST) -> str:
    """Make a feed, and return the secret of its address: it is told this once. The one before is good no more.

    `with_initials`: whether it says whom an appointment is with, by initials; never more.

    :raises NoDiary: the therapist has no diary.
    """
    diary = locked_diary(therapist_id)
    secret = secrets.token_hex(_SECRET_BYTES)
    values = {
        "secret_index": secret_index(secret),
        "with_initials": with_initials,
        "language": language,
        "made_at": now,
    }
    Feed.objects.update_or_create(diary=diary, defaults=values)
    _record(therapist_id, "new_feed", by=by)
    return secret


@transaction.atomic
def revoke_feed(*, therapist_id: int, by: str = THERAPIST) -> None:
    """Make the address of a therapist's feed lead nowhere, at once. Twice is once.

    :raises NoDiary: the therapist has no diary.
    """
    locked_diary(therapist_id)
    removed, _ = Feed.objects.filter(diary_id=therapist_id).delete()
    if removed:
        _record(therapist_id, "revoke_feed", by=by)


def _record(therapist_id: int, action: str, *, by: str) -> None:
    actor = f"{THERAPIST}:{therapist_id}" if by == THERAPIST else by
    audit.record(actor=actor, action=action, subject=f"diary:{therapist_id}")
