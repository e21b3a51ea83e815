"""What can be wrong with a calendar, and with one event in it."""

from __future__ import annotations


class NoCalendar(Exception):
    """The file as a whole can't be read. `why`: no_calendar, damaged, cut_short, too_much."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotUnderstood(Exception):
    """One event can't be read. `why` is a kind of trouble, `said` what the calendar wrote there."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(why)
        self.why, self.said = why, said
