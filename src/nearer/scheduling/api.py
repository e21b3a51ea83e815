"""The face of scheduling: all that another room may call."""

from __future__ import annotations

from nearer.scheduling.calendars import calendar_file
from nearer.scheduling.operations import (
    add_exception,
    attend,
    cancel,
    complete,
    confirm,
    end_pauses,
    expire_holds,
    hold,
    miss,
    move,
    pause,
    release,
    remove_exception,
    set_hours,
    set_hours_of,
)
from nearer.scheduling.policies import (
    AppointmentUnknown,
    ClientBusy,
    HoldExpired,
    HoursWrong,
    KeyUsed,
    NoDiary,
    NotAllowed,
    NotTaking,
    OpeningTaken,
    Refused,
    may_cancel,
    may_move,
)
from nearer.scheduling.queries import appointment, hour_bits, openings, openings_to_move, versions
from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.rules.diary import DiarySettings, WeeklyHours

__all__ = [
    "AppointmentCard",
    "AppointmentUnknown",
    "ClientBusy",
    "DiarySettings",
    "HoldExpired",
    "HoursWrong",
    "KeyUsed",
    "NoDiary",
    "NotAllowed",
    "NotTaking",
    "OpeningTaken",
    "Refused",
    "WeeklyHours",
    "add_exception",
    "appointment",
    "attend",
    "calendar_file",
    "cancel",
    "complete",
    "confirm",
    "end_pauses",
    "expire_holds",
    "hold",
    "hour_bits",
    "may_cancel",
    "may_move",
    "miss",
    "move",
    "openings",
    "openings_to_move",
    "pause",
    "release",
    "remove_exception",
    "set_hours",
    "set_hours_of",
    "versions",
]
