"""Trying whether the mail server takes us, for whoever looks after the site."""

from __future__ import annotations

import smtplib

from nearer.outbox.operations.carrying import connected
from nearer.outbox.operations.postmen import mail_server


class MailServerRefused(Exception):
    """The mail server can't be reached, or does not take us; the message is what it said, without an address."""


def try_mail_server(*, timeout: int) -> None:
    """Greet the mail server as a postman would, sealed and signed in, and leave again. Nothing is sent.

    :raises MailServerRefused: with what went wrong; a wait ends after `timeout` seconds.
    """
    try:
        connected({**mail_server(), "timeout": timeout}).quit()
    except (OSError, smtplib.SMTPException) as error:
        raise MailServerRefused(str(error)) from error
