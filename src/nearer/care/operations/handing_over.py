"""A note from a client to their next therapist."""

from __future__ import annotations

from nearer.care.models import Booking, Rematch
from nearer.scheduling import api as scheduling


def hand_over(booking_id: int, follows: Booking) -> None:
    """Let the note that was written after one booking open for the therapist of the next.

    It goes with the newest one, until a time is confirmed: then it stays there.
    """
    waiting = Rematch.objects.filter(booking=follows).order_by("-made_at").first()
    if waiting is None or waiting.next_booking_id == booking_id:
        return
    if waiting.next_booking is not None:
        stands = scheduling.appointment(waiting.next_booking.appointment_id).status
        if stands not in {"held", "released"}:
            return
    Rematch.objects.filter(pk=waiting.pk).update(next_booking_id=booking_id)
