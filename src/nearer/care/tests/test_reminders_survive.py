"""Reminders of a crowd: planned together, sent once each, also where workers are killed as they do it."""

from __future__ import annotations

import subprocess
import sys
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nearer.care.operations import reminders
from nearer.care.tests.crowds import a_crowd, kill_workers
from nearer.foundation import clock
from nearer.outbox.models import Message
from nearer.outbox.tests.server import Mailbox, mail_server


@pytest.mark.django_db
def test_a_crowd_is_planned_once_in_few_queries() -> None:
    now = clock.now()
    a_crowd(1200, now=now)
    with CaptureQueriesContext(connection) as queries:
        assert reminders.plan(now=now) == 1200
    assert len(queries) <= 30
    assert reminders.plan(now=now) == 0
    assert Message.objects.values("key").distinct().count() == 1200


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_workers_that_are_killed_double_nothing_and_miss_nothing() -> None:
    a_crowd(400, now=clock.now())
    box = Mailbox(pause=0.01)
    with mail_server(box) as port:
        outcome = kill_workers(box, port, wanted=400, kills=4, random=Random(5), patience=120)
    assert (outcome.doubled, outcome.missed) == (0, 0)
    assert not Message.objects.filter(sent_at__isnull=True).exists()


def test_a_postman_ends_when_nobody_writes_to_it_any_more() -> None:
    words = [sys.executable, "-m", "nearer.outbox.operations.carrying"]
    letter = '{"server": {}, "database": ""}\n{"id": 1, "cut short'
    assert subprocess.run(words, input=letter, text=True, timeout=30, check=True).returncode == 0
