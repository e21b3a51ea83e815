"""Trying holds that nobody wants: what a hold would do, done in full and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from nearer.foundation.ids import new_id
from nearer.foundation.timerange import TimeRange
from nearer.scheduling.operations.holding import Asked, DiaryChanged, put
from nearer.scheduling.operations.turns import CLASHES, clash_means_taken, take_turn
from nearer.scheduling.policies import Refused


@clash_means_taken
@transaction.atomic
def try_holds(  # noqa: PLR0913 - openings are all of these
    *,
    therapist_id: int,
    service: str,
    modality: str,
    location_id: int | None,
    starts: Iterable[datetime],
    length: timedelta,
    client_zone: str,
    now: datetime,
) -> tuple[datetime, ...]:
    """Take each of these openings and give it back at once; return those that could not be had.

    Each is checked and written exactly as `hold` does within a larger transaction, its audit line included, and
    undone before the next; the therapist's turn is waited for once. Expired holds are freed on the way, as by any
    booking, if the caller's transaction commits.

    :raises NotTaking: the therapist has no diary.
    :raises OpeningTaken: the turn did not come in time.
    """
    pages = take_turn(therapist_id)
    before = transaction.savepoint()
    refused = []
    for start in starts:
        session = TimeRange.lasting(start, length)
        asked = Asked(therapist_id, service, modality, location_id, session, client_zone, f"try {new_id()}")
        try:
            put(asked, pages, now=now)
        except (Refused, DiaryChanged):
            refused.append(start)
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", None) not in CLASHES:
                raise
            refused.append(start)
        finally:
            transaction.savepoint_rollback(before)
    transaction.savepoint_commit(before)
    return tuple(refused)
