"""What should be going on."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from nearer.care import api as care
from nearer.config.agreed import WAY_OUT
from nearer.config.doctor.findings import Finding, count, problem, warning, well
from nearer.foundation import clock
from nearer.outbox import api as outbox
from nearer.safety import api as safety
from nearer.scheduling import api as scheduling

# A worker says that it lives every ten seconds.
SILENT = 40
WAITING = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()"
ALIVE = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
START_WORKER = "Start one beside the site: nearer worker."


def worker() -> Finding:
    waiting = _number(WAITING)
    if _number(ALIVE, SILENT):
        return well("worker", f"A worker is at work; waiting for it: {count(waiting, 'job')}.")
    if waiting:
        return problem("worker", f"No worker is at work; waiting for one: {count(waiting, 'job')}.", START_WORKER)
    return warning("worker", "No worker is at work; nothing waits for one.", START_WORKER)


def policy() -> Finding:
    """Say whether what clients agree to can be meant, and whether the diaries keep the notice and the pauses of it."""
    try:
        agreed = care.policy_in_force()
    except care.PolicyWrong as error:
        return problem("policy", str(error), WAY_OUT)
    booking = agreed.booking
    shorter = scheduling.diaries_below(
        lead_days=booking.lead_days,
        buffer_before_minutes=booking.buffer_before_minutes,
        buffer_after_minutes=booking.buffer_after_minutes,
    )
    if shorter:
        return warning(
            "policy",
            f"The policy {agreed.version} can be meant, but {count(shorter, 'diary', 'diaries')} allow less notice "
            "or less time between sessions than it says.",
            "Have these therapists look at their settings, or correct [booking] in the policy.",
        )
    return well("policy", f"Clients agree to the policy {agreed.version}.")


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
    if settings.EMAIL_USE_TLS and settings.EMAIL_USE_SSL:
        return problem(
            "mail", "Mail can be sealed in one way alone.", "Set NEARER_MAIL_TLS or NEARER_MAIL_SSL, not both."
        )
    try:
        outbox.try_mail_server(timeout=5)
    except outbox.MailServerRefused as refusal:
        sentence = f"The mail server {server} does not take us ({refusal})."
        return problem("mail", sentence, "Correct the NEARER_MAIL_ settings.")
    if settings.EMAIL_HOST not in HERE and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        sentence = f"Mail goes to {server} in the open."
        return problem("mail", sentence, "Set NEARER_MAIL_TLS=1 (port 587) or NEARER_MAIL_SSL=1 (port 465).")
    return well("mail", f"The mail server {server} answers and takes us.")


def reminders() -> Finding:
    if settings.NEARER_DEMO:
        return well("reminders", "A demonstration sends none.")
    if not settings.NEARER_REMINDERS:
        return warning("reminders", "Nobody is reminded.", "Set NEARER_REMINDERS, such as 48,24,1.")
    if not settings.NEARER_SITE.startswith("https://"):
        sentence = (
            f"Reminders lead to {settings.NEARER_SITE}, which mail programs do not take for one-click unsubscribing."
        )
        return warning(
            "reminders", sentence, "Set NEARER_SITE to the site's address, such as https://care.example.org."
        )
    hours = ", ".join(str(each) for each in settings.NEARER_REMINDERS)
    return well("reminders", f"Reminders go out {hours} hours before, with links to {settings.NEARER_SITE}.")


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
