"""The worker's part: the projection follows what changes within a minute."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nearer.foundation import clock
from nearer.matching import api


@app.periodic(cron="* * * * *")
@app.task(name="nearer.matching.tasks.project_stale", queueing_lock="project_stale", lock="project_stale")
def project_stale(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells when this was due
    """Project whatever is out of date."""
    api.project_stale(now=clock.now())


@app.task(name="nearer.matching.tasks.project")
def project(therapist_ids: list[int]) -> None:
    """Project these therapists, who changed just now."""
    api.project(therapist_ids, now=clock.now())


@app.periodic(cron="17 * * * *")
@app.task(name="nearer.matching.tasks.tally_day", queueing_lock="tally_day", lock="tally_day")
def tally_day(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells when this was due
    """Ask the day's made-up requests, if they were not asked yet."""
    api.tally_day(now=clock.now())
