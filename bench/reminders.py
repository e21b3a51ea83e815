"""How long 100,000 appointments take to plan, and whether killed workers send any reminder twice or never.

Planning runs as the worker runs it, over appointments each of which has a reminder due. Then real `nearer worker`
processes plan and send through a real mail server on loopback, and one of them is killed (SIGKILL) at a random moment,
fifty times. What counts is what the mail server accepted, by recipient: each has exactly one reminder to get. With
`--full`, those are the same 100,000; else 10,000.
"""

from __future__ import annotations

import os
from random import SystemRandom
from time import perf_counter
from typing import Any

from django.db import connection

from bench._database import database_of_its_own
from nearer.care.operations import reminders
from nearer.care.tests.crowds import Outcome, a_crowd, kill_workers
from nearer.foundation import clock
from nearer.outbox.models import Message
from nearer.outbox.tests.server import Mailbox, mail_server

CROWD, SENT = 100_000, 10_000
KILLS = int(os.environ.get("NEARER_BENCH_KILLS", "50"))
#: How long the mail server's yes is on its way, in seconds: most kills then fall between a letter and its note.
PAUSE = 0.02
PATIENCE = 1800
PLAN, DOUBLED, MISSED = "plan 100,000 appointments, s", "reminders doubled", "reminders missed"
REACH = {PLAN: 60, DOUBLED: 0, MISSED: 0}


def run(*, full: bool = False) -> dict[str, Any]:
    """Plan, then send under fire."""
    with database_of_its_own():
        planned, seconds = plan_all()
    with database_of_its_own():
        outcome = send_under_fire(CROWD if full else SENT)
    figures = {
        "appointments with a reminder due": planned,
        PLAN: round(seconds, 1),
        "reminders to send": outcome.wanted,
        "workers killed": outcome.kills,
        DOUBLED: outcome.doubled,
        MISSED: outcome.missed,
    }
    met = {what: figures[what] <= limit for what, limit in REACH.items()}
    return {
        "figures": figures,
        "reach": {what: f"<= {limit}" for what, limit in REACH.items()},
        "met": {**met, PLAN: met[PLAN] and planned == CROWD},
    }


def plan_all() -> tuple[int, float]:
    """Return how many reminders were planned, and how long that took; planning again must write none."""
    now = clock.now()
    a_crowd(CROWD, now=now)
    start = perf_counter()
    planned = reminders.plan(now=now)
    seconds = perf_counter() - start
    again = reminders.plan(now=now)
    return (planned if again == 0 else -again), seconds


def send_under_fire(count: int) -> Outcome:
    """Return what the mail server accepted while workers were killed."""
    a_crowd(count, now=clock.now())
    box = Mailbox(pause=PAUSE)
    with mail_server(box) as port:
        outcome = kill_workers(box, port, wanted=count, kills=KILLS, random=SystemRandom(), patience=PATIENCE)
    assert not Message.objects.filter(sent_at__isnull=True, failed_at__isnull=True).exists()
    connection.close()
    return outcome
