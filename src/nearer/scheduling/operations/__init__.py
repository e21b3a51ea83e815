"""Everything that writes to diaries and appointments."""

from __future__ import annotations

from nearer.scheduling.operations.appointments import attend, cancel, complete, confirm, miss
from nearer.scheduling.operations.arranging import arrange, keep
from nearer.scheduling.operations.calendars import connect_calendar, disconnect_calendar, note_told, read_calendar_soon
from nearer.scheduling.operations.days import every_day, set_days
from nearer.scheduling.operations.diaries import add_exception, end_pauses, pause, remove_exception, set_hours
from nearer.scheduling.operations.feeds import new_feed, revoke_feed
from nearer.scheduling.operations.holding import expire_holds, hold, release
from nearer.scheduling.operations.leaving_out import leave_out
from nearer.scheduling.operations.limits import set_limits
from nearer.scheduling.operations.moving import move
from nearer.scheduling.operations.refreshing import refresh_calendar, refresh_calendars
from nearer.scheduling.operations.trying import try_holds
from nearer.scheduling.operations.writing import set_hours_of

__all__ = [
    "add_exception",
    "arrange",
    "attend",
    "cancel",
    "complete",
    "confirm",
    "connect_calendar",
    "disconnect_calendar",
    "end_pauses",
    "every_day",
    "expire_holds",
    "hold",
    "keep",
    "leave_out",
    "miss",
    "move",
    "new_feed",
    "note_told",
    "pause",
    "read_calendar_soon",
    "refresh_calendar",
    "refresh_calendars",
    "release",
    "remove_exception",
    "revoke_feed",
    "set_days",
    "set_hours",
    "set_hours_of",
    "set_limits",
    "try_holds",
]
