"""What a worker and a mailbox do, for tests of signing in."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from nearer.accounts import tasks
from nearer.accounts.operations import signing_in
from nearer.accounts.tests.builders import TOTP_SECRET
from nearer.outbox.models import Message

STEP = 30


def work() -> None:
    """Do what a worker does with codes that were asked for."""
    for job in ProcrastinateJob.objects.filter(task_name=signing_in.SEND_CODE, status="todo").order_by("id"):
        tasks.send_code(job.args["token"])
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.id])


def codes_for(email: str) -> list[str]:
    """Return the codes that reached this address, oldest first."""
    work()
    letters = [m for m in Message.objects.filter(kind="sign-in-code").order_by("created_at", "id") if m.to == email]
    return [re.findall(r"\b\d{8}\b", letter.body)[0] for letter in letters]


def app_shows(secret: str = TOTP_SECRET, at: datetime | None = None) -> str:
    """Return what an authenticator app shows now."""
    moment = at or datetime.now(UTC)
    return str(format_hotp_value(hotp_value(secret, int(moment.timestamp()) // STEP)))


def first_step(client: Client, email: str, back: str = "") -> None:
    """Ask for a code and type it."""
    client.post("/sign-in/", {"email": email, "next": back})
    client.post("/sign-in/code/", {"code": codes_for(email)[-1], "next": back})
