"""The twelve-hour clock: 2:30 p.m., as on every clock and card around the reader. The space in it does not break."""

from __future__ import annotations

TIME_FORMAT = "g:i\xa0a"
DATETIME_FORMAT = "j \\d\\e F \\d\\e Y, g:i\xa0a"
SHORT_DATETIME_FORMAT = "d/m/Y g:i\xa0a"
