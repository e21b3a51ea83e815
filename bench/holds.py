"""How many openings a second can be held, beside the bare insert and commit of one row.

Several processes at once, each with a connection of its own, take turns between the two: a round of bare rows,
a round of holds on openings that nobody else wants. The ratio is the median of the rounds' ratios. Both go through
the same driver in the same kind of transaction; a hold also waits its turn, reads the diary, derives the opening,
and writes what happened into the audit.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from threading import BrokenBarrierError
from time import perf_counter
from typing import Any

from django.db import connection, transaction

from bench._database import database_of_its_own

#: As many at once as there are processors: the clients stand on the same machine as the database.
WORKERS = os.cpu_count() or 2
ROUNDS = 9
HOLDS_A_ROUND = 100
OPENINGS_EACH = 20
NOW = datetime(2035, 3, 5, 15, tzinfo=UTC)
FIRST = datetime(2035, 3, 6, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)
PATIENCE_SECONDS = 120

#: When a round began and ended, by the clock that all processes share.
Span = tuple[float, float]


def run() -> dict[str, object]:
    with database_of_its_own() as database:
        rounds = _measure(database)
        durable = _setting("fsync") == "on" and _setting("synchronous_commit") != "off"
    bare, holds = [each[0] for each in rounds], [each[1] for each in rounds]
    ratio = round(median(hold / one for one, hold in rounds), 2)
    name = "holds a second / bare inserts a second"
    return {
        "figures": {
            name: ratio,
            "holds a second": round(median(holds)),
            "bare inserts a second": round(median(bare)),
            "connections at once": WORKERS,
            "commits wait for the disk": durable,
        },
        "reach": {name: ">= 0.5"},
        "met": {name: ratio >= 0.5},
    }


def _measure(database: str) -> list[tuple[float, float]]:
    """Return the bare inserts and the holds a second of each round."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigint PRIMARY KEY, key text NOT NULL, at timestamptz NOT NULL)")
    needed = (ROUNDS + 1) * HOLDS_A_ROUND
    shares = [_therapists(needed // OPENINGS_EACH) for _ in range(WORKERS)]
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(WORKERS, timeout=PATIENCE_SECONDS)
    results: Any = context.Queue()
    workers = [context.Process(target=_work, args=(database, share, gate, results)) for share in shares]
    for worker in workers:
        worker.start()
    told: list[list[tuple[Span, Span]]] = [results.get(timeout=PATIENCE_SECONDS) for _ in workers]
    for worker in workers:
        worker.join()
    together = list(zip(*told, strict=True))[1:]  # the first round warms plans and caches
    return [(_rate([bare for bare, _ in each]), _rate([held for _, held in each])) for each in together]


def _rate(spans: list[Span]) -> float:
    begun, ended = min(start for start, _ in spans), max(end for _, end in spans)
    return WORKERS * HOLDS_A_ROUND / (ended - begun)


def _therapists(count: int) -> list[int]:
    """Return the ids of new therapists with long hours and no limits."""
    from nearer.scheduling.tests import rows

    return [rows.a_therapist(hours=rows.NINE_TO_FIVE) for _ in range(count)]


def _work(database: str, therapist_ids: list[int], gate: Any, results: Any) -> None:
    """Measure in a process of its own, round by round in step with the others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nearer.config.settings")
    import django

    django.setup()
    connection.settings_dict["NAME"] = database
    openings = _openings(therapist_ids)
    connection.ensure_connection()
    told = []
    try:
        for _ in range(ROUNDS + 1):
            bare = _timed(gate, _insert_bare)
            told.append((bare, _timed(gate, lambda: _hold(next(openings)))))
    except BrokenBarrierError:
        return
    results.put(told)


def _timed(gate: Any, act: Callable[[], object]) -> Span:
    gate.wait()
    start = perf_counter()
    for _ in range(HOLDS_A_ROUND):
        act()
    return start, perf_counter()


def _openings(therapist_ids: list[int]) -> Iterator[tuple[int, datetime]]:
    starts = [FIRST + day * timedelta(days=1) + hour * HOUR for day in range(4) for hour in range(5)]
    return ((therapist_id, start) for start in starts for therapist_id in therapist_ids)


def _insert_bare() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare VALUES (%s, %s, %s)", [secrets.randbits(62), secrets.token_hex(16), NOW])


def _hold(opening: tuple[int, datetime]) -> None:
    from nearer.scheduling import api

    therapist_id, start = opening
    api.hold(
        therapist_id=therapist_id,
        service="individual",
        modality="telehealth",
        location_id=None,
        start=start,
        length=HOUR,
        client_zone="America/New_York",
        key=secrets.token_hex(16),
        now=NOW,
    )


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])
