"""`nearer worker`"""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from typing import Any

import psycopg
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition

from nearer.config import database
from nearer.config.command import OperatorCommand

LONGEST_PAUSE = 30


class Command(OperatorCommand):
    help = "Send what is due and keep the search fresh, until Ctrl-C. Comes back when the database does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jobs", type=int, default=4, help="how many jobs at once (default %(default)s)")
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *, jobs: int, once: bool, **options: Any) -> None:  # noqa: ARG002 - Django's
        database.check_version()
        database.check_door()
        database.check_up_to_date()
        pause = 1
        while True:
            began = time.monotonic()
            try:
                self._work(jobs=jobs, once=once)
            except (ConnectorException, psycopg.OperationalError):
                if time.monotonic() - began > LONGEST_PAUSE:
                    pause = 1
                logging.getLogger(__name__).warning("The database is gone; trying again in %s s.", pause)
                time.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                return

    def _work(self, *, jobs: int, once: bool) -> None:
        """Work until told to stop; running jobs are finished first."""
        with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
            worker.run_worker(
                name="nearer",
                concurrency=jobs,
                wait=not once,
                shutdown_graceful_timeout=15,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
            )
