"""Reading a calendar that somebody else wrote: when its owner is busy, and no more than that."""

from __future__ import annotations

from nearer.scheduling.calendars.reading.apart import read_apart
from nearer.scheduling.calendars.reading.wrong import NoCalendar

__all__ = ["NoCalendar", "read_apart"]
