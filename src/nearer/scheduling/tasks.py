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
