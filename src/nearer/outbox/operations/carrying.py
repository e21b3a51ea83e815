"""What a postman does, as a process of its own: `python -m nearer.outbox.operations.carrying`.

It reads one JSON object a line: first how to reach mail server and database, then a letter each. For each letter it
answers with the kind of trouble there was and whether the message's row says that it was sent. It knows no Django, so
that it starts at once, and heeds no signal but the last: it ends when nobody writes to it any more, after the letter
that it has in hand. It stays silent about what it reads: a mail server's words may hold an address.
"""

from __future__ import annotations

import base64
import json
import signal
import smtplib
import ssl
import sys
import time
from typing import Any

import psycopg

#: For how long, in seconds, it tries to note that a message was sent while the database is away: shorter than a lease.
PATIENCE = 240
_NOTE = "UPDATE outbox_message SET sent_at = %s, failed_at = NULL, last_error = '' WHERE id = %s AND sent_at IS NULL"


def connected(server: dict[str, Any]) -> smtplib.SMTP:
    """Return a connection to the mail server, greeted, sealed and signed in as the settings say.

    :raises OSError, smtplib.SMTPException: it can't be reached, or does not take us.
    """
    authority = ssl.create_default_context(cafile=server["authority"] or None)
    place = {"host": server["host"], "port": server["port"], "timeout": server["timeout"]}
    smtp = smtplib.SMTP_SSL(**place, context=authority) if server["tls"] else smtplib.SMTP(**place)
    try:
        if server["starttls"]:
            smtp.starttls(context=authority)
        if server["user"]:
            smtp.login(server["user"], server["password"])
    except BaseException:
        smtp.close()
        raise
    return smtp


class Round:
    """The connections of one postman, each made when it is first needed."""

    def __init__(self, server: dict[str, Any], database: str) -> None:
        self._server, self._database = server, database
        self._smtp: smtplib.SMTP | None = None
        self._notes: psycopg.Connection[Any] | None = None

    def bring(self, letter: dict[str, Any]) -> dict[str, Any]:
        """Hand a letter to the mail server, and note that it took it."""
        try:
            smtp = self._ready()
        except (OSError, smtplib.SMTPException):
            self.rest()
            return {"trouble": "NoMailServer", "noted": False}
        try:
            smtp.sendmail(letter["from"], [letter["to"]], base64.b64decode(letter["mail"]))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the worker is told its kind
            self.rest()
            return {"trouble": type(error).__name__, "noted": False}
        return {"trouble": "", "noted": self._note(letter)}

    def rest(self) -> None:
        """Say goodbye to the mail server."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (OSError, smtplib.SMTPException):
            smtp.close()

    def _ready(self) -> smtplib.SMTP:
        """Return a connection on which a letter can begin: nothing was said of it yet, so a new one does as well."""
        if self._smtp is not None:
            try:
                self._smtp.rset()
            except (OSError, smtplib.SMTPException):
                self.rest()
        if self._smtp is None:
            self._smtp = connected(self._server)
        return self._smtp

    def _note(self, letter: dict[str, Any]) -> bool:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if self._notes is None or self._notes.closed:
                    self._notes = psycopg.connect(self._database, autocommit=True)
                return self._notes.execute(_NOTE, [letter["now"], letter["id"]]).rowcount == 1
            except psycopg.OperationalError:
                self._notes = None
                time.sleep(1)
        return False


def main() -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    first = json.loads(sys.stdin.readline())
    round_ = Round(first["server"], first["database"])
    for line in sys.stdin:
        if not line.endswith("\n"):  # cut short: the worker died as it wrote
            break
        asked = json.loads(line)
        if "rest" in asked:
            round_.rest()
            continue
        answer = json.dumps(round_.bring(asked))
        try:
            sys.stdout.write(answer + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            break
    round_.rest()


if __name__ == "__main__":
    main()
