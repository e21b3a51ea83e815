"""Codes to sign in with, and word of what has changed about signing in."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from nearer.accounts.models import User
from nearer.accounts.rules import CODE_LASTS, same_mailbox
from nearer.foundation import sealing
from nearer.outbox import api as outbox

SEND_CODE = "accounts.send_code"
PURPOSE = "a code to sign in"


@transaction.atomic
def ask_for_code(*, email: str, code: str, now: datetime) -> None:
    """Have a worker send this code, if anybody signs in with this address.

    Who asks learns nothing here: the same is written, in the same time, whether the address is known or not.
    """
    asked = {"to": same_mailbox(email), "code": code, "key": secrets.token_urlsafe(12)}
    token = sealing.ring().token(asked, purpose=PURPOSE, expires_at=now + CODE_LASTS)
    app.configure_task(SEND_CODE).defer(token=token)


@transaction.atomic
def send_code(*, token: str, now: datetime) -> None:
    """Leave the message with the code, where the address is that of somebody who may sign in; else do nothing.

    :raises TokenExpired: it was asked for so long ago that the code is worthless.
    """
    asked = sealing.ring().read_token(token, purpose=PURPOSE, now=now)
    if not User.objects.filter(email=asked["to"], is_active=True, roles__ended_at__isnull=True).exists():
        return
    outbox.leave(
        kind="sign-in-code",
        key=f"sign-in:{asked['key']}",
        to=asked["to"],
        subject=_("Your code"),
        body=_words(asked["code"]),
        now=now,
    )


@transaction.atomic
def tell(*, user_id: int, change: str, now: datetime) -> None:
    """Tell someone that a way to sign in of theirs has changed, so that a change they did not make is noticed."""
    outbox.leave(
        kind="sign-in-changed",
        key=f"sign-in-changed:{user_id}:{secrets.token_urlsafe(8)}",
        to=User.objects.values_list("email", flat=True).get(pk=user_id),
        subject=_("A change to how you sign in"),
        body=_("%(change)s\n\nIf this was you, all is well. If not, tell whoever invited you at once.")
        % {"change": change},
        now=now,
    )


def _words(digits: str) -> str:
    return _(
        "Your code to sign in is %(digits)s\n\n"
        "Type it on the page where you asked for it. It is good for 15 minutes, once.\n\n"
        "Nobody who works here will ever ask you for it. If you did not ask for a code, you can ignore this message."
    ) % {"digits": digits}
