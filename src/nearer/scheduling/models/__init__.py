"""When: diaries, hours, dated exceptions, appointments and who attends them."""

from __future__ import annotations

from nearer.scheduling.models.appointment import Appointment, Attendance, Move
from nearer.scheduling.models.diary import Diary, Hours, HoursException

__all__ = ["Appointment", "Attendance", "Diary", "Hours", "HoursException", "Move"]
