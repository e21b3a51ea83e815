"""The portal's face."""

from __future__ import annotations

from nearer.portal.operations.seating import NoSuchTherapist, SeatTaken, invite, take_seat

__all__ = ["NoSuchTherapist", "SeatTaken", "invite", "take_seat"]
