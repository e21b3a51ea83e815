"""Where somebody is signed in, and with what."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session as Kept

from nearer.accounts.records import Factor, Session


def sessions(user_id: int, current: str) -> tuple[Session, ...]:
    """Return where somebody is signed in, newest first.

    :param current: the key of the session that asks.
    """
    rows = UserSession.objects.filter(user_id=user_id, session_key__in=Kept.objects.values("session_key"))
    return tuple(
        Session(id=row.pk, began=row.created_at, browser=row.user_agent, is_this=row.session_key == current)
        for row in rows.order_by("-created_at")
    )


def factors(user_id: int) -> tuple[Factor, ...]:
    """Return what somebody proves themselves with, oldest first."""
    rows = Authenticator.objects.filter(user_id=user_id).order_by("created_at", "pk")
    return tuple(
        Factor(
            id=row.pk, kind=row.type, name=row.data.get("name", ""), added=row.created_at, last_used=row.last_used_at
        )
        for row in rows
    )
