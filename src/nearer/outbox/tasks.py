"""What a worker does with the outbox."""

from __future__ import annotations

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from nearer.foundation import clock
from nearer.outbox.operations import leaving, sending


class AsTheMessageSays(BaseRetryStrategy):
    """Tries again when the message itself is due again."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002
        if not isinstance(exception, sending.NotSent) or exception.again is None:
            return None
        return RetryDecision(retry_in={"seconds": int(exception.again.total_seconds())})


@app.task(name=leaving.DELIVER, retry=AsTheMessageSays())
def deliver(message_id: int) -> None:
    """Send one message."""
    sending.send(message_id=message_id, now=clock.now())


@app.periodic(cron="17 * * * *")
@app.task(name="outbox.forget", queueing_lock="outbox.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its time
    """Delete what was sent a month ago, and a code that was sent a day ago."""
    leaving.forget(now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="outbox.post", queueing_lock="outbox.post")
def post(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its time
    """Send what is due and has no job of its own, and what a worker that died left behind, once its lease is over."""
    while sending.post(now=clock.now()):
        pass
