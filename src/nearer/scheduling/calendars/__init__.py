"""Calendar files: one appointment's, a therapist's feed, and calendars that somebody else wrote."""

from __future__ import annotations

from nearer.scheduling.calendars.appointment_file import Method, calendar_file

__all__ = ["Method", "calendar_file"]
