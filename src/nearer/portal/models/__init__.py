"""Which therapist somebody is, and what secret shoppers found."""

from __future__ import annotations

from nearer.portal.models.seat import Seat
from nearer.portal.models.shopping import ShoppingTrip

__all__ = ["Seat", "ShoppingTrip"]
