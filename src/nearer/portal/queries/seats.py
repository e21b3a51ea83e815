"""Who sits where."""

from __future__ import annotations

from nearer.portal.models import Seat


def therapist_of(user_id: int) -> int | None:
    """Return which therapist this person is; None where nobody said yet."""
    return Seat.objects.filter(user_id=user_id).values_list("therapist_id", flat=True).first()


def npis() -> dict[int, str]:
    """Return whose desk each person has, by their NPI."""
    return dict(Seat.objects.values_list("user_id", "therapist__npi"))
