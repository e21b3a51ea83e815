"""What should be going on."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection

from nearer.config.doctor.findings import Finding, count, problem, warning, well
from nearer.foundation import clock
from nearer.safety import api as safety

# A worker says that it lives every ten seconds.
SILENT = 40
WAITING = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()"
ALIVE = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
START_WORKER = "Start one beside the site: nearer worker."


def worker() -> Finding:
    waiting = _number(WAITING)
    if _number(ALIVE, SILENT):
        return well("worker", f"A worker is at work; waiting for it: {count(waiting, 'job')}.")
    if waiting:
        return problem("worker", f"No worker is at work; waiting for one: {count(waiting, 'job')}.", START_WORKER)
    return warning("worker", "No worker is at work; nothing waits for one.", START_WORKER)


def failed_jobs() -> Finding:
    failed = _number("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    if failed:
        return warning("jobs", f"{count(failed, 'job')} failed for good.", "Read the worker's log.")
    return well("jobs", "No job failed for good.")


def mail() -> Finding:
    if settings.NEARER_DEMO:
        return well("mail", "A demonstration sends none: read it at /demo/outbox.")
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        return problem("mail", "Messages have no sender that could be answered.", "Set NEARER_MAIL_FROM.")
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        post = get_connection(timeout=5)
        post.open()
        post.close()
    except (OSError, smtplib.SMTPException) as error:
        sentence = f"The mail server {server} does not take us ({error})."
        return problem("mail", sentence, "Correct the NEARER_MAIL_ settings.")
    return well("mail", f"The mail server {server} answers.")


def crisis_lines() -> Finding:
    overdue = safety.overdue_lines(clock.now().date())
    if overdue:
        names = ", ".join(line.name for line in overdue[:3])
        return problem(
            "crisis lines",
            f"{count(len(overdue), 'crisis line')} went unchecked for too long ({names}).",
            "Call each, then write today's date into the safety room's data.",
        )
    return well("crisis lines", "Every crisis line was checked within its time.")


def _number(statement: str, *values: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.fetchone()[0])
