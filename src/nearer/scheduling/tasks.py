"""What the worker does for this room by the clock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nearer.foundation import clock
from nearer.scheduling import api


@app.periodic(cron="* * * * *")
@app.task(name="scheduling.expire_holds", queueing_lock="scheduling.expire_holds")
def expire_holds(timestamp: int) -> int:
    """Release the holds whose time is over, every minute, so that those who only look see the times again.

    `timestamp` is when it was due; what is over is for the database's clock to say.
    """
    del timestamp
    return api.expire_holds()


@app.periodic(cron="4 * * * *")
@app.task(name="scheduling.end_pauses", queueing_lock="scheduling.end_pauses")
def end_pauses(timestamp: int) -> int:
    """Clear the pauses that are over, every hour: somewhere a day begins with each."""
    del timestamp
    return api.end_pauses(now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="scheduling.refresh_calendars", queueing_lock="scheduling.refresh_calendars")
def refresh_calendars(timestamp: int) -> int:
    """Have those calendars read whose turn has come; each has one an hour."""
    del timestamp
    return api.refresh_calendars(now=clock.now())


@app.task(name="scheduling.refresh_calendar")
def refresh_calendar(calendar_id: int) -> None:
    """Read one calendar that a therapist keeps elsewhere."""
    api.refresh_calendar(calendar_id=calendar_id, now=clock.now())
