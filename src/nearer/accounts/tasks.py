"""What a worker does for people who sign in."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nearer.accounts.operations import sessions, signing_in
from nearer.foundation import clock
from nearer.foundation.sealing import CannotUnseal, TokenExpired


@app.task(name=signing_in.SEND_CODE)
def send_code(token: str) -> None:
    """Send a code to sign in; one that nobody could use any more is let go."""
    try:
        signing_in.send_code(token=token, now=clock.now())
    except (TokenExpired, CannotUnseal):
        return


@app.periodic(cron="47 * * * *")
@app.task(name="accounts.forget_sessions", queueing_lock="accounts.forget_sessions")
def forget_sessions(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its time
    """Delete sessions that have ended."""
    sessions.forget_ended(now=clock.now())
