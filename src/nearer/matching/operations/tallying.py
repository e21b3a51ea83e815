"""Asking made-up requests each day, and keeping by therapist what kept them out. Nothing of any visitor is in it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction

from nearer.matching.engine.tally import KINDS
from nearer.matching.models import Tally
from nearer.matching.queries.asking import utc_day
from nearer.matching.queries.tallying import DAYS, Asked, ask_every_pool, is_tallied


@transaction.atomic
def tally_day(*, now: datetime) -> int:
    """Ask the requests of the day, once, and forget what is older than 30 days. Returns how many therapists."""
    day = utc_day(now)
    if is_tallied(day):
        return 0
    kept: dict[int, Tally] = {}
    for asked in ask_every_pool(now):
        _add(kept, asked, day)
    Tally.objects.bulk_create(kept.values(), batch_size=1000, ignore_conflicts=True)
    Tally.objects.filter(on__lte=day - timedelta(days=DAYS)).delete()
    return len(kept)


def _add(kept: dict[int, Tally], asked: Asked, day: date) -> None:
    found = asked.found
    counted: defaultdict[int, dict[str, list[int]]] = defaultdict(dict)
    for kind in KINDS:
        each, alone = found.any[kind], found.alone[kind]
        for place in each.nonzero()[0].tolist():
            counted[place][kind] = [int(each[place]), int(alone[place])]
    for place, therapist_id in enumerate(asked.therapist_ids):
        row = kept.setdefault(therapist_id, Tally(therapist_id=therapist_id, on=day, asked=0, fitted=0, removed={}))
        row.asked += found.asked
        row.fitted += int(found.fitted[place])
        for kind, (every, only) in counted[place].items():
            before = row.removed.get(kind, [0, 0])
            row.removed[kind] = [before[0] + every, before[1] + only]
