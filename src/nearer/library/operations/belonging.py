"""Which of the editor's groups somebody belongs to: those of the roles they sign in with, no more."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from nearer.library.operations.furnishing import GROUPS, furnish


def belong(*, user_id: int, kinds: Collection[str]) -> None:
    """Put somebody in the groups of these roles, and out of every other; one query where nothing changed."""
    wanted = {GROUPS[kind] for kind in kinds if kind in GROUPS}
    user = get_user_model().objects.get(pk=user_id)
    if set(user.groups.values_list("name", flat=True)) == wanted:
        return
    groups = Group.objects.filter(name__in=wanted)
    if len(groups) < len(wanted):
        furnish()
    user.groups.set(Group.objects.filter(name__in=wanted))
