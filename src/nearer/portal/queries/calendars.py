"""Whom to write to about a calendar."""

from __future__ import annotations

from collections.abc import Collection

from nearer.accounts.api import people
from nearer.portal.models import Seat


def mailboxes(therapist_ids: Collection[int]) -> dict[int, str]:
    """Return the addresses of those of these therapists who have a desk and may sign in. Two queries or three."""
    addresses = {person.user_id: person.email for person in people("therapist")}
    seats = Seat.objects.filter(therapist_id__in=therapist_ids).values_list("therapist_id", "user_id")
    return {therapist_id: addresses[user_id] for therapist_id, user_id in seats if user_id in addresses}
