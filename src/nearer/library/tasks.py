"""What a worker does for the library."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nearer.foundation import clock
from nearer.library import operations


@app.periodic(cron="23 3 * * *")
@app.task(name="library.expire", queueing_lock="library.expire")
def expire(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its time
    """Note which reviews fell due today, and take down what nobody reviewed for two months."""
    operations.expire(now=clock.now())
