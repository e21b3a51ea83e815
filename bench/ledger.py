"""How long it takes to check a ledger of 100,000 events, and to write one more at its end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from bench._database import database_of_its_own
from nearer.library import api
from nearer.library.operations.ledger import Step, append, sealed
from nearer.library.rules.canonical import canonical
from nearer.library.rules.chain import GENESIS, chained

EVENTS = 100_000
APPENDS = 50
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
REACH = {"checking 100,000 events, s": 20.0}


def run() -> dict[str, Any]:
    with database_of_its_own():
        _fill()
        began = time.perf_counter()
        verdict = api.verify()
        checked = time.perf_counter() - began
        assert verdict.events >= EVENTS
        began = time.perf_counter()
        for number in range(APPENDS):
            append(_step(number), now=BEGAN)
        appended = (time.perf_counter() - began) / APPENDS
    figures = {"checking 100,000 events, s": round(checked, 2), "one more, ms": round(1000 * appended, 2)}
    return {
        "figures": figures,
        "reach": {what: f"<= {most:.0f}" for what, most in REACH.items()},
        "met": {what: figures[what] <= most and not verdict.wrong for what, most in REACH.items()},
    }


def _step(number: int) -> Step:
    changes = [f"- body.html: <p>The words as they were, number {number}.</p>", "+ body.html: <p>As they are.</p>"]
    return Step(f"en/text-{number % 500}", "changed", f"{number:064x}", who="Somebody", part="author", changes=changes)


def _rows() -> Iterator[tuple[Any, ...]]:
    previous = GENESIS
    for number in range(1, EVENTS + 1):
        step = _step(number)
        told = asdict(step)
        at = (BEGAN + timedelta(minutes=number)).isoformat()
        record = canonical({"position": number, **told, "at": at, "policy_version": "bench"})
        digest = chained(previous, record)
        yield number, record, previous, digest, sealed(digest)
        previous = digest


def _fill() -> None:
    """Write the rows past the check of each, which asks for the row before."""
    rows = list(_rows())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE library_ledgerevent DISABLE TRIGGER library_next_row")
        with cursor.copy("COPY library_ledgerevent (position, record, previous, hash, seal) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("ALTER TABLE library_ledgerevent ENABLE TRIGGER library_next_row")
