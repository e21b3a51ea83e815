"""One opening, 32 clients at once, half of them a quarter of an hour later: who wins, and who sees a deadlock.

With the control: the same race without lock and constraint, taken out of the benchmark's own database, must book the
opening twice, or the race proves nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial

from django.db import connection

from bench._database import database_of_its_own
from nearer.scheduling.tests import rows
from nearer.scheduling.tests.races import race, without_the_guards

RACERS = 32
ROUNDS = 10
QUARTER = timedelta(minutes=15)


def run() -> dict[str, object]:
    with database_of_its_own():
        guarded = [_race() for _ in range(ROUNDS)]
        deadlocks = _deadlocks()
        with without_the_guards():
            control = [_race() for _ in range(ROUNDS)]
    winners, control_winners = max(each["done"] for each in guarded), max(each["done"] for each in control)
    refused = sum(each["OpeningTaken"] for each in guarded)
    figures = {
        "most winners of one opening": winners,
        "fewest winners of one opening": min(each["done"] for each in guarded),
        "deadlocks": deadlocks + sum(each["deadlock"] for each in guarded),
        "clients told that it was just taken": refused,
        "races": ROUNDS,
        "most winners without lock and constraint": control_winners,
    }
    reach = {
        "most winners of one opening": "= 1",
        "fewest winners of one opening": "= 1",
        "deadlocks": "= 0",
        "clients told that it was just taken": f"= {ROUNDS * (RACERS - 1)}",
        "most winners without lock and constraint": "> 1",
    }
    met = {
        "most winners of one opening": winners == 1,
        "fewest winners of one opening": figures["fewest winners of one opening"] == 1,
        "deadlocks": figures["deadlocks"] == 0,
        "clients told that it was just taken": refused == ROUNDS * (RACERS - 1),
        "most winners without lock and constraint": control_winners > 1,
    }
    return {"figures": figures, "reach": reach, "met": met}


def _race() -> Counter[str]:
    therapist_id = rows.a_therapist(settings=replace(rows.ROOMY, increment_minutes=15))
    return race([partial(rows.a_hold, therapist_id, rows.TOMORROW_NINE + (n % 2) * QUARTER) for n in range(RACERS)])


def _deadlocks() -> int:
    """Return the deadlocks that PostgreSQL counted in this database since it was made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
