"""Writes down what django-allauth does, each act in the audit trail; it tells of them by signals."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import login_code_rejected, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from nearer.audit import api as audit

NAMES = {
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.TOTP: "authenticator",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


@receiver(user_logged_in)
def _signed_in(user: Any, **_: Any) -> None:
    _note(user, "signed in")


@receiver(user_logged_out)
def _signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        _note(user, "signed out")


@receiver(login_code_rejected)
def _wrong_code(user: Any, **_: Any) -> None:
    _note(user, "typed a wrong code")


@receiver(authentication_failed)
def _wrong_factor(user: Any, **_: Any) -> None:
    _note(user, "failed the second factor")


@receiver(authenticator_added)
def _added(request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    _note(user, f"added {NAMES[authenticator.type]}")
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        _proven_now(request, user, authenticator)


@receiver(authenticator_removed)
def _removed(user: Any, authenticator: Any, **_: Any) -> None:
    _note(user, f"removed {NAMES[authenticator.type]}")


@receiver(authenticator_reset)
def _reset(user: Any, authenticator: Any, **_: Any) -> None:
    _note(user, f"renewed {NAMES[authenticator.type]}")


@receiver(authenticator_used)
def _used(request: Any, user: Any, authenticator: Any, reauthenticated: bool, **_: Any) -> None:  # noqa: FBT001
    _note(user, f"used {NAMES[authenticator.type]}")
    if not reauthenticated:
        _proven_now(request, user, authenticator)


def _proven_now(request: Any, user: Any, authenticator: Any) -> None:
    """Count a factor that was just used or set up as a fresh proof: who has this minute shown it is not asked again."""
    record_authentication(request, user, "mfa", type=str(authenticator.type), reauthenticated=True)


def _note(user: Any, action: str) -> None:
    audit.record(actor=f"staff:{user.pk}", action=action, subject=f"staff:{user.pk}")
