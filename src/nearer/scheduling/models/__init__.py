"""When: diaries, hours, dated exceptions, appointments and who attends them, calendars elsewhere."""

from __future__ import annotations

from nearer.scheduling.models.appointment import Appointment, Attendance, Move
from nearer.scheduling.models.calendar import Calendar, Feed
from nearer.scheduling.models.diary import Diary, Hours, HoursException

__all__ = ["Appointment", "Attendance", "Calendar", "Diary", "Feed", "Hours", "HoursException", "Move"]
