"""The twelve-hour clock: 2:30 p.m., as on every clock and card around the reader."""

from __future__ import annotations

TIME_FORMAT = "g:i a"
DATETIME_FORMAT = r"j \d\e F \d\e Y, g:i a"
SHORT_DATETIME_FORMAT = "d/m/Y g:i a"
