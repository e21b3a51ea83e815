"""How long a search of the library takes over 5,000 articles, page and all: words, slips, and what is nowhere."""

from __future__ import annotations

import gc
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.test import Client

from bench._database import database_of_its_own
from bench._library import fill, furnish
from nearer.config import static_files

ARTICLES = 5_000
ROUNDS = 12
WORDS = (
    "closeness",
    "fear of intimacy",
    "therapist",
    "feelings",
    "you",
    "panic attachment",
    "journal",
    "first session cost",
    "intamacy",
    "vulnerabilty",
    "therepist plan",
    "mindfulnes",
    "zebra",
    "closeness zebra",
    "xqzzt",
)
REACH = {"search over 5,000, p95, ms": 40.0}


def run() -> dict[str, Any]:
    """Ask each of the words again and again, in process, behind the real address."""
    static_files.collect_if_changed()
    with database_of_its_own():
        furnish()
        fill("en", ARTICLES)
        client = Client(headers={"host": "localhost"})
        for words in WORDS:
            asked(client, words)
        gc.collect()
        gc.freeze()
        spans = {words: sorted(asked(client, words) for _ in range(ROUNDS)) for words in WORDS}
    every = [span for each in spans.values() for span in each]
    slowest = max(spans, key=lambda words: median(spans[words]))
    figures = {
        "search over 5,000, median, ms": round(median(every) * 1000, 1),
        "search over 5,000, p95, ms": round(quantiles(every, n=20)[-1] * 1000, 1),
        f"slowest, median, ms: {slowest}": round(median(spans[slowest]) * 1000, 1),
    }
    return {
        "figures": figures,
        "reach": {what: f"<= {most:.0f}" for what, most in REACH.items()},
        "met": {what: figures[what] <= most for what, most in REACH.items()},
    }


def asked(client: Client, words: str) -> float:
    """Return the seconds that one search takes."""
    start = perf_counter()
    response = client.post("/library/search/", {"words": words})
    took = perf_counter() - start
    assert response.status_code == 200
    return took
