"""The portal's face: who sits at which desk, and the one way of reading a source."""

from __future__ import annotations

from nearer.portal.operations.imports.reading import WESTERNMOST, Report
from nearer.portal.operations.imports.reading import run as run_import
from nearer.portal.operations.seating import NoSuchTherapist, SeatTaken, invite, take_seat

__all__ = ["WESTERNMOST", "NoSuchTherapist", "Report", "SeatTaken", "invite", "run_import", "take_seat"]
