"""How long an article of the library takes to serve, and how much a reader downloads for it, in a real browser."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from bench._database import database_of_its_own
from bench._library import furnish
from bench._site import serving
from bench.pages import chromium, weigh
from nearer.foundation import clock
from nearer.library import api

ROUNDS = 8
TIME, WEIGHT = "article served, p95, ms", "heaviest article, bytes"
REACH = {TIME: 30, WEIGHT: 80_000}


def run() -> dict[str, Any]:
    """Serve every article of the shelf that comes with Nearer, in both languages, and weigh each in English."""
    with database_of_its_own() as name:
        furnish()
        paths = [
            f"{prefix}/library/{card.slug}/"
            for language, prefix in (("en", ""), ("es", "/es"))
            for card in api.shelf(language, on=clock.now().date())
        ]
        with at(name), serving() as address:
            spans = [timed(address, path) for _ in range(ROUNDS) for path in paths][len(paths) :]
            with chromium() as browser:
                weights = {path: weigh(browser, address.rstrip("/") + path) for path in paths if path[1:3] != "es"}
    figures = {
        "articles": len(paths),
        "article served, median, ms": round(median(spans) * 1000, 1),
        TIME: round(quantiles(spans, n=20)[-1] * 1000, 1),
        WEIGHT: max(weights.values()),
    }
    return {
        "figures": figures,
        "reach": {what: f"<= {most}" for what, most in REACH.items()},
        "met": {what: figures[what] <= most for what, most in REACH.items()},
    }


def timed(address: str, path: str) -> float:
    """Return the seconds between asking for a page and having all of it, compressed."""
    where = urlsplit(address)
    line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
    line.connect()
    start = perf_counter()
    line.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "gzip"})
    answer = line.getresponse()
    answer.read()
    took = perf_counter() - start
    line.close()
    assert answer.status == 200, f"{path}: {answer.status}"
    return took


@contextmanager
def at(name: str) -> Iterator[None]:
    """Have the web server read this database, as a demonstration."""
    before = {key: os.environ.get(key) for key in ("DATABASE_URL", "NEARER_DEMO")}
    os.environ["DATABASE_URL"] = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    os.environ["NEARER_DEMO"] = "1"
    try:
        yield
    finally:
        for key, value in before.items():
            os.environ.pop(key, None)
            os.environ.update({key: value} if value is not None else {})
