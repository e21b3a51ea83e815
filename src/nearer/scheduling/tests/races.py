"""Many people at once, each on a connection of their own, let go at the same moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import connection, connections

from nearer.scheduling import api

CONSTRAINT = "a_therapist_is_in_one_place_at_a_time"
DIARY_LOCK = "FOR NO KEY UPDATE"


def race(acts: Sequence[Callable[[], object]]) -> Counter[str]:
    """Do all of these at once, and count how each ended: `done`, or the name of the refusal.

    A deadlock that PostgreSQL had to break counts as `deadlock`, also where a client would only have read that the
    opening was taken.
    """
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            connection.ensure_connection()
            start.wait()
            act()
        except api.Refused as refusal:
            broken = getattr(getattr(refusal.__cause__, "__cause__", None), "sqlstate", None) == "40P01"
            return "deadlock" if broken else type(refusal).__name__
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


@contextmanager
def without_the_guards() -> Iterator[None]:
    """Take turn, locks, the look at the version and the constraint out of the test's database, and put them back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('scheduling_wait'::regproc)")
        (turn,) = cursor.fetchone()
        cursor.execute("SELECT pg_get_functiondef('scheduling_put_hold'::regproc)")
        (put,) = cursor.fetchone()
        cursor.execute("SELECT pg_get_functiondef('scheduling_wait_for_therapist'::regproc)")
        (rows,) = cursor.fetchone()
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [CONSTRAINT])
        (constraint,) = cursor.fetchone()
        cursor.execute("ALTER TABLE scheduling_appointment DROP CONSTRAINT " + CONSTRAINT)
        cursor.execute(turn.partition("BEGIN")[0] + "BEGIN END $function$")
        cursor.execute(rows.partition("BEGIN")[0] + "BEGIN END $function$")
        cursor.execute(put.replace("IF changed THEN", "changed := false; IF changed THEN").replace(DIARY_LOCK, ""))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM scheduling_appointment")
            cursor.execute(turn)
            cursor.execute(rows)
            cursor.execute(put)
            cursor.execute(f"ALTER TABLE scheduling_appointment ADD CONSTRAINT {CONSTRAINT} {constraint}")
