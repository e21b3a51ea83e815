"""A web process that has answered everywhere, and says how large it is. Run by the memory benchmark."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from datetime import datetime

import numpy as np
from django.test import Client

from nearer.config.wsgi import application
from nearer.directory import api as directory
from nearer.foundation import clock
from nearer.matching import api as matching
from nearer.matching.engine.pool import Pool
from nearer.matching.engine.rank import rank
from nearer.matching.engine.request import Request
from nearer.matching.queries.pools import ROWS_KEPT, SHELF

MEGABYTE = 1_000_000
MILLION = 1_000_000


def answer_everywhere(now: datetime) -> None:
    """Answer once in each state, for one person and for two."""
    for place in directory.vocabulary.JURISDICTIONS:
        for service in ("individual", "couples"):
            ask = matching.Ask(
                jurisdiction=place, service=service, plan_id=None, age_bands=("adult",), zone="America/New_York", seed=1
            )
            matching.answer(ask, now=now)


def large_pools(rows: int, now: datetime) -> list[Pool]:
    """Return pools that hold so many rows together, after ranking once in each."""
    from nearer.matching.tests.engine_networks import pool_of  # only for the large figure

    anchor = now.replace(minute=0, second=0, microsecond=0)
    count = len(directory.vocabulary.JURISDICTIONS)
    shares = np.diff(np.linspace(0, 1, count + 1) ** 2) * rows
    pools = []
    for place, share in enumerate(shares):
        pool = pool_of(int(share), seed=place, anchor=anchor, jurisdiction=place)
        rank(Request((place,), None, 4, "America/New_York"), pool, None, now)
        pools.append(pool)
    return pools


def resident() -> int:
    """Return this process's resident memory in bytes."""
    gc.collect()
    report = subprocess.run(["ps", "-o", "rss=", "-p", str(os.getpid())], stdout=subprocess.PIPE, check=True)
    return int(report.stdout) * 1024


def main() -> None:
    assert callable(application)
    Client().get("/", headers={"host": "localhost"})
    bare = resident()
    now = clock.now()
    answer_everywhere(now)
    rows = sum(len(kept.pool) for kept in SHELF._kept.values())  # noqa: SLF001 - nothing else asks
    if int(sys.argv[1]) == MILLION:
        # A therapist has a row in each state they are licensed in, for each service; so it would be there.
        rows = min(ROWS_KEPT, rows * MILLION // len(directory.versions()))
        SHELF.clear()
        pools = large_pools(rows, now)
        rows = sum(len(pool) for pool in pools)
    figures = {"before its first answer, MB": round(bare / MEGABYTE), "rows in its pools": rows}
    figures["web process, MB"] = round(resident() / MEGABYTE)
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
