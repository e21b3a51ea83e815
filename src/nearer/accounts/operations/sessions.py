"""Ending what someone is signed in to."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db import transaction

from nearer.accounts.models import User


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
