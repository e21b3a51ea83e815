"""Reading a calendar in a process of its own, which has little memory, little time, and nothing worth stealing."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.calendars.reading.wrong import NoCalendar
from nearer.scheduling.rules.busy import Reading, Trouble

#: Seconds by the clock; by the processor it has less, see the child.
LONGEST = 60
_SOURCE = Path(__file__).resolve().parents[4]


def read_apart(data: bytes, *, window: TimeRange, time_zone: str) -> Reading:
    """Return what `read` does, from a process that is stopped where a calendar is made to exhaust it.

    :raises NoCalendar: the file can't be read, or not within what a calendar may take.
    """
    bounds = [window.start.isoformat(), window.end.isoformat(), time_zone]
    try:
        done = subprocess.run(
            [sys.executable, "-B", "-P", "-m", "nearer.scheduling.calendars.reading.child"],
            input=json.dumps(bounds).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # an error might quote the calendar
            env={"PYTHONPATH": str(_SOURCE), "PYTHONUTF8": "1"},
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoCalendar("too_much") from None
    if done.returncode != 0:
        raise NoCalendar("too_much")
    answer = json.loads(done.stdout)
    if "wrong" in answer:
        raise NoCalendar(answer["wrong"])
    return _reading(answer)


def written(reading: Reading) -> str:
    """Return a reading as the child hands it over."""
    return json.dumps(asdict(reading))


def _reading(answer: dict[str, Any]) -> Reading:
    busy = tuple((int(start), int(end)) for start, end in answer["busy"])
    return Reading(busy, tuple(Trouble(**each) for each in answer["troubles"]), int(answer["events"]))
