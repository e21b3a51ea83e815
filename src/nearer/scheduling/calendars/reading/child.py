"""The process that reads one calendar: `python -m nearer.scheduling.calendars.reading.child`, data in, JSON out."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.calendars.reading.apart import written
from nearer.scheduling.calendars.reading.whole import read
from nearer.scheduling.calendars.reading.wrong import NoCalendar, NotUnderstood

#: Seconds of the processor for one series, and for the whole; bytes of memory.
A_SERIES = 1.0
ALL = 40
MEMORY = 1 << 29


def main() -> None:
    _bounded()
    first, last, time_zone = json.loads(sys.stdin.buffer.readline())
    window = TimeRange(datetime.fromisoformat(first), datetime.fromisoformat(last))
    try:
        found = read(sys.stdin.buffer.read(), window=window, time_zone=time_zone, patience=patience)
    except NoCalendar as error:
        sys.stdout.write(json.dumps({"wrong": error.why}))
    else:
        sys.stdout.write(written(found))


def _bounded() -> None:
    """Take away what reading needs no more of; Windows has no such limits, there the parent's clock is the only one."""
    if sys.platform == "win32":
        return
    import resource  # not on Windows

    for limit, most in ((resource.RLIMIT_CPU, ALL), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0)):
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):  # macOS knows some limits by name alone
            continue


@contextmanager
def patience() -> Iterator[None]:
    """Give up on a series that counts for too long.

    :raises NotUnderstood: it did.
    """
    if sys.platform == "win32":
        yield
        return
    signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, A_SERIES)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _give_up(*_: object) -> None:
    raise NotUnderstood("too_many")


if __name__ == "__main__":
    main()
