"""Ending what someone is signed in to."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from nearer.accounts.models import User
from nearer.audit import api as audit


@transaction.atomic
def end_sessions(*, user_id: int) -> None:
    """Sign someone out everywhere, at their next request.

    Each session is bound to a value in the user's row that stands where others keep a password. A new value ends
    them all, listed or not.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    for session in UserSession.objects.filter(user_id=user_id):
        session.end()


@transaction.atomic
def sign_out_everywhere(*, user_id: int) -> None:
    """Sign oneself out everywhere, here too."""
    end_sessions(user_id=user_id)
    audit.record(actor=f"staff:{user_id}", action="signed out everywhere", subject=f"staff:{user_id}")


@transaction.atomic
def end_session(*, user_id: int, session_id: int) -> None:
    """End one of one's own sessions; one that has ended, or is another's, stays as it is."""
    session = UserSession.objects.filter(user_id=user_id, pk=session_id).first()
    if session is not None:
        session.end()
        audit.record(actor=f"staff:{user_id}", action="ended a session", subject=f"staff:{user_id}")


@transaction.atomic
def forget_ended(*, now: datetime) -> int:
    """Delete sessions that ran out, and the notes of where they were; return how many ran out."""
    ended = Session.objects.filter(expire_date__lte=now).delete()[0]
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended
