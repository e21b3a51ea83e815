"""Very many clients with confirmed times whose reminders are due, and workers that are killed as they send them."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app
from psycopg.conninfo import make_conninfo

from nearer.directory.models import Therapist
from nearer.outbox.models import Message
from nearer.outbox.tests.server import Mailbox
from nearer.scheduling.models import Diary

SOURCE = Path(__file__).resolve().parents[3]
#: Sessions for each therapist: one begins every hour from 37 hours from now, so the reminder of 48 hours is due.
EACH = 10
FIRST_IN = timedelta(hours=37)
#: How long after a kill the last postman has brought what it had in hand.
SETTLED = 5

_CLIENTS = """
INSERT INTO accounts_client (id, email, email_verified_at, identity_index, legal_name_sealed, preferred_name_sealed,
    birth_date_sealed, phone_sealed, safe_to_reach, language, time_zone, created_at)
SELECT n, 'client' || n || '@example.org', %(long_ago)s, 'crowd ' || n, '', '', '', '', '{email}', 'en',
    'America/New_York', %(long_ago)s FROM generate_series(1, %(count)s) n
"""
_CONSENTS = """
INSERT INTO accounts_consent (client_id, kind, version, given_at)
SELECT n, 'reminders', 'crowd', %(long_ago)s FROM generate_series(1, %(count)s) n
"""
_APPOINTMENTS = """
INSERT INTO scheduling_appointment (id, therapist_id, service, modality, session, during, is_intake, status, hold_key,
    created_at, confirmed_at, cancelled_by, sequence)
SELECT n, (%(therapists)s::bigint[])[1 + (n - 1) / %(each)s], 'individual', 'telehealth', span, span, true,
    'confirmed', 'crowd ' || n, %(long_ago)s, %(long_ago)s, '', 0
FROM (SELECT n, tstzrange(%(first)s + make_interval(hours => (n - 1) %% %(each)s),
                          %(first)s + make_interval(hours => (n - 1) %% %(each)s, mins => 50)) AS span
      FROM generate_series(1, %(count)s) n) AS spans
"""
_ATTENDANCES = """
INSERT INTO scheduling_attendance (id, appointment_id, client_id, session, status)
SELECT id, id, id, session, status FROM scheduling_appointment WHERE hold_key LIKE 'crowd %%'
"""
_BOOKINGS = """
INSERT INTO care_booking (id, appointment_id, client_id, place, pays_self, request_sealed, member_id_sealed,
    told_sealed, language, time_zone, created_at)
SELECT n, n, n, 1, true, '', '', '', 'en', 'America/New_York', %(long_ago)s FROM generate_series(1, %(count)s) n
"""


def a_crowd(count: int, *, now: datetime) -> None:
    """Write so many clients, each with one confirmed time of which one reminder is due."""
    values: dict[str, Any] = {
        "count": count,
        "each": EACH,
        "first": now + FIRST_IN,
        "long_ago": now - timedelta(days=20),
        "therapists": _therapists(-(-count // EACH), now.date()),
    }
    with connection.cursor() as cursor:
        for statement in (_CLIENTS, _CONSENTS, _APPOINTMENTS, _ATTENDANCES, _BOOKINGS):
            cursor.execute(statement, values)
        cursor.execute("ANALYZE")


def _therapists(count: int, today: date) -> list[int]:
    rows = Therapist.objects.bulk_create(
        Therapist(
            npi=f"{1_900_000_000 + number}",
            given_name="Ada",
            family_name="Example",
            time_zone="America/New_York",
            accepting=True,
            source="test",
            source_id=str(number),
            verified_on=today,
            expires_on=today + timedelta(days=90),
        )
        for number in range(count)
    )
    Diary.objects.bulk_create(Diary(therapist_id=row.pk, time_zone="America/New_York") for row in rows)
    return [row.pk for row in rows]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: reminders that should have gone out, that did twice, that never did, and the kills."""

    wanted: int
    doubled: int
    missed: int
    kills: int


class Workers:
    """Real `nearer worker` processes beside a mail server on loopback."""

    def __init__(self, port: int, number: int) -> None:
        self._environment = {**os.environ, **_surroundings(port)}
        self._running = [self._start() for _ in range(number)]

    def kill_oldest(self) -> None:
        """Kill the one that has worked for longest, without a word, and start another in its place."""
        victim = self._running.pop(0)
        victim.kill()
        victim.wait()
        self._running.append(self._start())
        ask_to_work()

    def stop(self) -> None:
        for each in self._running:
            each.terminate()
        for each in self._running:
            each.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "nearer.config", "worker", "--jobs", "2"]
        return subprocess.Popen(words, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _surroundings(port: int) -> dict[str, str]:
    known = connection.settings_dict
    words = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "DATABASE_URL": make_conninfo(**{word: str(known[name]) for word, name in words.items() if known[name]}),
        "NEARER_HOME": str(settings.NEARER_HOME),
        "NEARER_KEY_FILE": str(settings.NEARER_KEY_FILE),
        "NEARER_DEMO": "0",
        "NEARER_MAIL_HOST": "127.0.0.1",
        "NEARER_MAIL_PORT": str(port),
        "NEARER_MAIL_FROM": "appointments@example.org",
        "PYTHONPATH": str(SOURCE),
    }


def ask_to_work() -> None:
    """Leave the jobs that a worker gives itself each minute: a test does not wait for the minute."""
    for task in ("care.remind", "outbox.post"):
        lock = secrets.token_hex(4)
        app.configure_task(task, queueing_lock=lock).defer(timestamp=0)


def kill_workers(box: Mailbox, port: int, *, wanted: int, kills: int, random: Random, patience: int) -> Outcome:
    """Let workers plan and send a crowd's reminders, kill one so many times, and count what the mail server accepted.

    Each kill falls at a random moment of work: planning or sending goes on as it comes. At last the leases of the
    dead are let be over, as ten minutes would do.
    """
    workers = Workers(port, number=3)
    ask_to_work()
    try:
        for _ in range(kills):
            _wait_for_work(wanted)
            time.sleep(random.uniform(0, 1.5))
            workers.kill_oldest()
        time.sleep(SETTLED)
        _finish(wanted, patience)
    finally:
        workers.stop()
    doubled, missed = _compared(box, wanted)
    return Outcome(wanted, doubled, missed, kills)


def _wait_for_work(wanted: int) -> None:
    """Wait until something was written or sent just now; not where all is done."""
    before, until = _progress(), time.monotonic() + 120
    while before[1] < wanted and _progress() == before and time.monotonic() < until:
        time.sleep(0.02)


def _progress() -> tuple[int, int]:
    """Return how many reminders are written, and how many of them are sent."""
    return Message.objects.count(), Message.objects.filter(sent_at__isnull=False).count()


def _finish(wanted: int, patience: int) -> None:
    """Wait until everything is planned and sent; whatever a dead worker had taken is free again."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        waiting = Message.objects.filter(sent_at__isnull=True)
        if Message.objects.count() >= wanted and not waiting.exists():
            return
        if not Message.objects.filter(sent_at__gt=_a_moment_ago()).exists():
            with connection.cursor() as cursor:
                cursor.execute("UPDATE outbox_message SET due_at = now() WHERE sent_at IS NULL AND due_at > now()")
            ask_to_work()
        time.sleep(SETTLED)


def _a_moment_ago() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - make_interval(secs => %s)", [SETTLED])
        moment: datetime = cursor.fetchone()[0]
    return moment


def _compared(box: Mailbox, wanted: int) -> tuple[int, int]:
    heard = Counter(str(message["To"]) for message in box.accepted)
    return sum(count - 1 for count in heard.values()), wanted - len(heard)
