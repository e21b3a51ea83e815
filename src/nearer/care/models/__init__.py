"""The journey's tables."""

from __future__ import annotations

from nearer.care.models.booking import Booking

__all__ = ["Booking"]
