"""The worker's side of a postman: a small process that outlives a worker that is killed.

Between a mail server's yes and the note of it lies a moment. Whoever dies in it leaves a message that was sent and is
not known to be. So the worker neither waits for that yes nor notes it: a process of its own does both
(`nearer.outbox.operations.carrying`), in a session of its own, and finishes what it has in hand when the worker is
gone.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from psycopg.conninfo import make_conninfo

SMTP = "django.core.mail.backends.smtp.EmailBackend"
#: What of the database's settings is Django's and not the server's.
NOT_FOR_THE_SERVER = frozenset({"prepare_threshold", "pool", "server_side_binding", "isolation_level", "assume_role"})
_idle: list[Postman] = []
_lock = Lock()


class Postman:
    """One process, started with the first message, that takes one message after the other."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def bring(self, message_id: int, mail: EmailMultiAlternatives, now: datetime) -> tuple[str, bool]:
        """Return the kind of trouble there was ("" for none), and whether it is noted that the message was sent."""
        letter = {
            "id": message_id,
            "from": parseaddr(mail.from_email)[1],
            "to": mail.to[0],
            "now": now.isoformat(),
            "mail": base64.b64encode(mail.message().as_bytes(linesep="\r\n")).decode(),  # type: ignore[call-arg]
        }
        try:
            answer = self._asked(letter)
        except (OSError, ValueError):
            self.dismiss()
            return "PostmanDied", False
        return str(answer["trouble"]), bool(answer["noted"])

    def rest(self) -> None:
        """Say goodbye to the mail server until there is more to bring."""
        if self._process is not None:
            try:
                self._tell({"rest": True})
            except OSError:
                self.dismiss()

    def dismiss(self) -> None:
        """Let the process go; it finishes what it has in hand."""
        process, self._process = self._process, None
        if process is not None and process.stdin is not None and process.stdout is not None:
            for pipe in (process.stdin, process.stdout):
                try:
                    pipe.close()
                except OSError:  # it is gone already, and with it what was not read
                    continue
            process.wait()

    def _asked(self, letter: dict[str, Any]) -> dict[str, Any]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "nearer.outbox.operations.carrying"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
                cwd=Path(__file__).parents[3],
            )
            self._tell({"server": mail_server(), "database": _database()})
        self._tell(letter)
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def _tell(self, what: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()


@contextmanager
def a_postman() -> Iterator[Postman]:
    """Lend a postman that nobody else uses meanwhile."""
    with _lock:
        postman = _idle.pop() if _idle else Postman()
    try:
        yield postman
    finally:
        postman.rest()
        with _lock:
            _idle.append(postman)


def dismiss_all() -> None:
    """Let every idle postman go: the next one reads the settings anew."""
    with _lock:
        while _idle:
            _idle.pop().dismiss()


def uses_postmen() -> bool:
    """Say whether mail goes to a real mail server."""
    return settings.EMAIL_BACKEND == SMTP


def mail_server() -> dict[str, Any]:
    """Return how the mail server is reached, as `carrying.connected` takes it."""
    return {
        "host": settings.EMAIL_HOST,
        "port": settings.EMAIL_PORT,
        "user": settings.EMAIL_HOST_USER,
        "password": settings.EMAIL_HOST_PASSWORD,
        "starttls": settings.EMAIL_USE_TLS,
        "tls": settings.EMAIL_USE_SSL,
        "authority": settings.NEARER_MAIL_AUTHORITY,
        "timeout": settings.EMAIL_TIMEOUT,
    }


def _database() -> str:
    known = connection.settings_dict
    words = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    more = {name: value for name, value in known["OPTIONS"].items() if name not in NOT_FOR_THE_SERVER}
    return make_conninfo(**{word: str(known[name]) for word, name in words.items() if known[name]}, **more)
