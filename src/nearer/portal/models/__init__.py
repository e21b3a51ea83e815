"""Which therapist somebody is, what operators sent to be read, and what secret shoppers found."""

from __future__ import annotations

from nearer.portal.models.seat import Seat
from nearer.portal.models.shopping import ShoppingTrip
from nearer.portal.models.upload import Upload

__all__ = ["Seat", "ShoppingTrip", "Upload"]
