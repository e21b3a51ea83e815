"""`nearer worker`"""

from __future__ import annotations

import asyncio
import logging
import time
from argparse import ArgumentParser
from typing import Any

import psycopg
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition

from nearer.config import database, supervise
from nearer.config.command import OperatorCommand
from nearer.config.supervise import Wish

LONGEST_PAUSE = 30
GRACE = 15


class Command(OperatorCommand):
    help = "Send what is due and keep the search fresh, until Ctrl-C. Comes back when the database does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jobs", type=int, default=4, help="how many jobs at once (default %(default)s)")
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *, jobs: int, once: bool, **options: Any) -> None:  # noqa: ARG002 - Django's
        database.check_version()
        database.check_door()
        database.check_up_to_date()
        with supervise.listening() as wish:
            pause = 1
            while not _work(wish, jobs=jobs, once=once):
                logging.getLogger(__name__).warning("The database is gone; trying again in %s s.", pause)
                _rest(wish, pause)
                pause = min(2 * pause, LONGEST_PAUSE)


def _work(wish: Wish, *, jobs: int, once: bool) -> bool:
    """Work until told to stop, or until all is done; return False when the database went away instead."""
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    try:
        with app.replace_connector(connector) as worker:
            asyncio.run(_until_stopped(worker, wish, jobs=jobs, once=once))
    except (ConnectorException, psycopg.OperationalError):
        return wish.to_stop
    return True


async def _until_stopped(worker: App, wish: Wish, *, jobs: int, once: bool) -> None:
    """Run the worker; when somebody wishes to stop, let running jobs finish, but not for ever."""
    async with worker.open_async():
        work = asyncio.create_task(
            worker.run_worker_async(
                name="nearer",
                concurrency=jobs,
                wait=not once,
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
            )
        )
        while not work.done() and not wish.to_stop:
            await asyncio.wait({work}, timeout=0.1)
        if not work.done():
            work.cancel()
            await asyncio.wait({work}, timeout=GRACE + 1)
        elif error := work.exception():
            raise error


def _rest(wish: Wish, seconds: int) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not wish.to_stop:
        time.sleep(0.1)
