"""Which therapist somebody is."""

from __future__ import annotations

from nearer.portal.models.seat import Seat

__all__ = ["Seat"]
