"""A second factor that was lost."""

from __future__ import annotations

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from nearer.accounts.models import User
from nearer.accounts.operations.sessions import end_sessions
from nearer.accounts.policies import CannotWithdraw
from nearer.audit import api as audit
from nearer.outbox import api as outbox


@transaction.atomic
def reset_factors(*, user_id: int, by: int | None, now: datetime) -> None:
    """Forget every passkey, authenticator and recovery code of somebody who lost theirs, and sign them out.

    At their next sign-in they prove their address and set up a new one. They are told by e-mail at once: whoever
    can read their mailbox could otherwise come in unnoticed.

    :param by: who does it; None for the command line.
    :raises CannotWithdraw: it is one's own; who can come in replaces it on their own page.
    """
    if by == user_id:
        raise CannotWithdraw(_("To change your own passkeys, go to your account."))
    user = User.objects.select_for_update().get(pk=user_id)
    count = Authenticator.objects.filter(user_id=user_id).delete()[0]
    end_sessions(user_id=user_id)
    actor = "system" if by is None else f"staff:{by}"
    audit.record(actor=actor, action="reset the second factor", subject=f"staff:{user_id}", detail={"removed": count})
    outbox.leave(
        kind="second-factor-reset",
        key=f"second-factor-reset:{user_id}:{secrets.token_urlsafe(8)}",
        to=user.email,
        subject=_("A change to how you sign in"),
        body=_(
            "Your second step was reset: your passkeys, authenticator app and recovery codes no longer work. "
            "You set up a new one when you next sign in.\n\n"
            "If you did not ask for this, tell whoever invited you at once."
        ),
        now=now,
    )
