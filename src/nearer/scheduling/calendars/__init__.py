"""Calendar files: one appointment's, a therapist's feed, and calendars that somebody else wrote."""

from __future__ import annotations

from nearer.scheduling.calendars.appointment_file import Method, calendar_file
from nearer.scheduling.calendars.feed import FeedEntry, FeedFile, feed_text

__all__ = ["FeedEntry", "FeedFile", "Method", "calendar_file", "feed_text"]
