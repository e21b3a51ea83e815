"""How long the operator's overview takes in process, page and all, over this installation's network."""

from __future__ import annotations

import gc
import inspect
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from nearer.accounts.api import Staff
from nearer.directory import api as directory
from nearer.foundation import clock
from nearer.matching import api as matching
from nearer.portal.pages.operator import gaps
from nearer.portal.views.operator import network

ROUNDS = 40
PAGE, MOST = "overview, p95, ms", "overview, queries"
REACH = {PAGE: 150, MOST: 4}


def run(*, full: bool = False) -> dict[str, Any]:  # noqa: ARG001 - one size alone: the network that is there
    """Show the overview of each service again and again, and the gaps of two languages."""
    now = clock.now()
    with CaptureQueriesContext(connection) as queries:
        shown("individual")
    gc.collect()
    gc.freeze()
    spans = [timed(partial(shown, service)) for _ in range(ROUNDS) for service in directory.vocabulary.SERVICES]
    states = [timed(lambda: matching.plans_of("CA", now=now)) for _ in range(ROUNDS)]
    thin = [timed(thin_places) for _ in range(ROUNDS // 4)]
    figures = {
        "therapists": len(directory.versions()),
        "overview, median, ms": round(median(spans) * 1000, 1),
        PAGE: round(quantiles(spans, n=20)[-1] * 1000, 1),
        "a state's plans, median, ms": round(median(states) * 1000, 1),
        "gaps of all states, median, ms": round(median(thin) * 1000, 1),
        MOST: len(queries),
    }
    return {
        "figures": figures,
        "reach": {what: f"<= {limit}" for what, limit in REACH.items()},
        "met": {what: figures[what] <= limit for what, limit in REACH.items()},
    }


def shown(service: str) -> HttpResponse:
    """Return the page as an operator is shown it, behind its door."""
    request = RequestFactory().get("/operator/", {"service": service})
    setattr(request, "staff", Staff(user_id=0, email="operator@example.org", kinds=("operator",)))  # noqa: B010
    return inspect.unwrap(network.home)(request)


def thin_places() -> gaps.Thin:
    """Return the page of gaps in two languages."""
    languages, times = ("en", "es"), tuple(matching.TIMES)
    found = matching.gaps("individual", now=clock.now(), languages=languages)
    return gaps.thin(found, languages=languages, times=times, places=())


def timed(act: Any) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start
