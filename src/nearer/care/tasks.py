"""What a worker does for the journey."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from procrastinate.contrib.django import app

from nearer.care.operations import waiting
from nearer.care.operations.couples.leaving import end_waiting
from nearer.care.operations.forgetting import forget_unfinished
from nearer.care.operations.reminders import plan
from nearer.foundation import clock

#: How long a time that was let go can still be taken again with nothing to type.
KEPT = timedelta(days=1)


@app.periodic(cron="23 * * * *")
@app.task(name="care.forget", queueing_lock="care.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its time
    """Delete bookings that came to nothing."""
    forget_unfinished(before=clock.now() - KEPT)


@app.periodic(cron="*/5 * * * *")
@app.task(name="care.remind", queueing_lock="care.remind")
def remind(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its time
    """Write the reminders that fall due soon."""
    plan(now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="care.end_waiting", queueing_lock="care.end_waiting")
def let_go_of_waiting(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its time
    """End the times that waited long enough for the other of two people, and tell both."""
    end_waiting(site=settings.NEARER_SITE, now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="care.offer", queueing_lock="care.offer")
def offer(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its time
    """End what is over on the waiting list, then offer what has become free."""
    waiting.end_what_is_over(now=clock.now())
    waiting.offer_all(now=clock.now())
