"""What a worker does with the outbox."""

from __future__ import annotations

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from nearer.foundation import clock
from nearer.outbox import operations, queries


class AsTheMessageSays(BaseRetryStrategy):
    """Tries again when the message itself is due again."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002
        if not isinstance(exception, operations.NotSent) or exception.again is None:
            return None
        return RetryDecision(retry_in={"seconds": int(exception.again.total_seconds())})


@app.task(name=operations.DELIVER, retry=AsTheMessageSays())
def deliver(message_id: int) -> None:
    """Send one message."""
    operations.send(message_id=message_id, now=clock.now())


@app.periodic(cron="17 * * * *")
@app.task(name="outbox.forget", queueing_lock="outbox.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its time
    """Delete what was sent a month ago, and a code that was sent a day ago."""
    operations.forget(now=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="outbox.sweep", queueing_lock="outbox.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its time
    """Ask again for what a worker that died left behind, once its lease is over."""
    for message_id in queries.overdue(clock.now()):
        operations.defer(message_id=message_id)
