"""The journey's tables."""

from __future__ import annotations

from nearer.care.models.booking import Booking
from nearer.care.models.couple import Aside, Couple

__all__ = ["Aside", "Booking", "Couple"]
