"""Letting people in, as what they sign in as; and out again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from nearer.accounts import policies
from nearer.accounts.models import Role, User
from nearer.accounts.operations.sessions import end_sessions
from nearer.accounts.rules import same_mailbox
from nearer.accounts.vocabulary import KINDS
from nearer.audit import api as audit
from nearer.outbox import api as outbox


@transaction.atomic
def invite(*, email: str, kinds: Collection[str], by: int | None, now: datetime, site: str) -> int:
    """Let someone sign in as these kinds, tell them by e-mail, and return their number.

    Who may sign in already gets the roles beside the ones they have. The same invitation twice is one role, and a
    second e-mail a minute later.

    :param by: who invites; None for the command line.
    :param site: where the site is, such as `https://nearer.example/`.
    :raises CannotInvite: no address, no role, or one that nobody knows.
    """
    policies.check_invitation(kinds)
    user = _person(_address(email))
    for kind in sorted(set(kinds)):
        _role, fresh = Role.objects.get_or_create(user=user, kind=kind, ended_at=None, defaults={"granted_at": now})
        if fresh:
            audit.record(actor=_actor(by), action=f"invited as {kind}", subject=f"staff:{user.pk}")
    outbox.leave(
        kind="invitation",
        key=f"invitation:{user.pk}:{now:%Y%m%d%H%M}",
        to=user.email,
        subject=_("You are invited"),
        body=_words(kinds, site),
        now=now,
    )
    return user.pk


@transaction.atomic
def withdraw_role(*, user_id: int, kind: str, by: int, now: datetime) -> None:
    """End a role at once. Who has none left can't sign in any more; every session of theirs ends either way.

    A role that has ended, or never was, stays as it is.

    :raises CannotWithdraw: it is one's own role as operator, or the last operator's.
    """
    operators = Role.objects.select_for_update().filter(kind="operator", ended_at__isnull=True).order_by("pk")
    policies.check_withdrawal(kind, own=by == user_id, operators=len(operators))
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.roles.filter(kind=kind, ended_at__isnull=True).update(ended_at=now):
        return
    user.is_active = user.roles.filter(ended_at__isnull=True).exists()
    user.save(update_fields=["is_active"])
    end_sessions(user_id=user_id)
    audit.record(actor=_actor(by), action=f"ended the role of {kind}", subject=f"staff:{user_id}")
    outbox.leave(
        kind="role-ended",
        key=f"role-ended:{user_id}:{kind}:{now:%Y%m%d%H%M%S}",
        to=user.email,
        subject=_("Your access has changed"),
        body=_("You can no longer sign in as: %(kind)s.\n\nIf this surprises you, ask whoever invited you.")
        % {"kind": KINDS[kind]},
        now=now,
    )


def _address(email: str) -> str:
    try:
        validate_email(email.strip())
    except ValidationError:
        raise policies.CannotInvite(_("Enter an e-mail such as name@example.com.")) from None
    return same_mailbox(email)


def _person(email: str) -> User:
    user, fresh = User.objects.select_for_update().get_or_create(email=email)
    if fresh:
        user.set_unusable_password()  # nobody signs in by password; its value is what ends sessions
    if fresh or not user.is_active:
        user.is_active = True
        user.save()
    return user


def _actor(by: int | None) -> str:
    return "system" if by is None else f"staff:{by}"


def _words(kinds: Collection[str], site: str) -> str:
    roles = ", ".join(str(KINDS[kind]) for kind in sorted(kinds))
    return _(
        "You are invited to sign in as: %(roles)s.\n\n"
        "Go to %(site)ssign-in/ and type this e-mail address. We send you a code each time; there is no password. "
        "The first time, you also set up a passkey or an authenticator app, so have your phone at hand.\n\n"
        "If you did not expect this, you can ignore it: nothing happens until you sign in."
    ) % {"roles": roles, "site": site}
