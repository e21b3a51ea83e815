"""How long an answer with exact openings takes in process, and how many queries: over this installation's network.

Each ask is drawn like people ask: from the states with most therapists, mostly with a plan, one or two wishes, now and
then a must or an evening. The pools are warm, as in a web process that has answered before; nothing else is kept.
"""

from __future__ import annotations

import gc
from datetime import datetime
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from nearer.directory import api as directory
from nearer.foundation import clock
from nearer.matching.api import MUST, Ask, AskWish, answer

ASKS = 400
STATES = ("CA", "NY", "TX", "FL", "MA", "IL", "PA", "WA")
TRAITS = directory.vocabulary.TRAITS
TIME, MOST = "answer, p95, ms", "queries, most"
REACH = {TIME: 25, MOST: 6}


def run(*, full: bool = False) -> dict[str, Any]:  # noqa: ARG001 - one size alone: the network that is there
    """Answer each ask twice, once to warm up, once with queries counted."""
    now = clock.now()
    random = Random(7)
    asks = [drawn(random, now) for _ in range(ASKS)]
    queries, found = zip(*(counted(ask, now) for ask in asks), strict=True)
    gc.collect()
    gc.freeze()  # as config.wsgi does once the site is loaded
    spans = [timed(ask, now) for ask in asks]
    figures = {
        "therapists": len(directory.versions()),
        "therapists that fit an ask, median": median(found),
        "answer, median, ms": round(median(spans) * 1000, 1),
        TIME: round(quantiles(spans, n=20)[-1] * 1000, 1),
        MOST: max(queries),
    }
    return {
        "figures": figures,
        "reach": {what: f"<= {limit}" for what, limit in REACH.items()},
        "met": {what: figures[what] <= limit for what, limit in REACH.items()},
    }


def drawn(random: Random, now: datetime) -> Ask:
    """Return an ask as someone might make it."""
    state = random.choice(STATES)
    plans = directory.plans_in(state, now.date())
    kinds = random.sample(["concern", "approach", "style", "identity"], random.randint(1, 2))
    wishes = [AskWish(kind, (random.choice(list(TRAITS[kind])),)) for kind in kinds]
    if random.random() < 0.2:
        wishes.append(AskWish("language", ("es",), MUST))
    return Ask(
        jurisdiction=state,
        service=random.choice(["individual", "individual", "couples"]),
        plan_id=random.choice(plans).id if plans and random.random() < 0.8 else None,
        age_bands=("adult",),
        zone=directory.vocabulary.TIME_ZONES[state],
        seed=random.randrange(1 << 31),
        wishes=tuple(wishes),
        times=frozenset({"weekday_evening"} if random.random() < 0.3 else ()),
    )


def counted(ask: Ask, now: datetime) -> tuple[int, int]:
    """Return how many queries an answer takes, and how many therapists fit."""
    with CaptureQueriesContext(connection) as queries:
        found = answer(ask, now=now)
    return len(queries), found.total


def timed(ask: Ask, now: datetime) -> float:
    """Return how long an answer takes, in seconds."""
    start = perf_counter()
    answer(ask, now=now)
    return perf_counter() - start
