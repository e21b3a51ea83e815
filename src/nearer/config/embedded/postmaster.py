"""Starting, waiting for, and stopping one PostgreSQL server process."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg

from nearer.config import children
from nearer.config.embedded.account import as_account
from nearer.config.embedded.cluster import failure_of
from nearer.config.embedded.place import PORT, Place
from nearer.config.failures import Failure

Say = Callable[[str], None]
REMIND_SECONDS = 10
PATIENCE_WITH_ORPHANS = 60


def start(place: Place, programs: Path, *, say: Say, options: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers, however long its recovery takes.

    Raises `Failure` when the server gives up.
    """
    until = time.monotonic() + PATIENCE_WITH_ORPHANS
    while True:
        server = _spawn(place, programs, say=say, options=options)
        try:
            _await_answer(server, place, say)
        except _OrphansLeft as left:
            if time.monotonic() > until:
                raise left.failure from None
            time.sleep(1)
        except BaseException:
            stop(server)
            raise
        else:
            return server


class _OrphansLeft(Exception):
    """Sessions of a server that was killed have not noticed yet that it is gone; they will."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


def _spawn(place: Place, programs: Path, *, say: Say, options: tuple[str, ...]) -> subprocess.Popen[bytes]:
    environment = dict(os.environ)
    left = _left_behind(place)
    if left is not None and _is_ours(left, place):
        _await_exit(left, place, say)
    elif left is not None:
        # After a crash or a reboot the number in postmaster.pid may belong to another program.
        # PostgreSQL overlooks the number that it is told is its grandparent's.
        environment["PG_GRANDPARENT_PID"] = str(left)
    command = [str(programs / "postgres"), "-D", str(place.data), "-k", place.socket_folder, "-p", str(PORT), *options]
    with (place.base / "start.log").open("wb") as log:
        return children.spawn(
            command,
            farewell=signal.SIGINT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            cwd="/",
            **as_account(place.account),
        )


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server, ending open sessions; the data is whole either way."""
    children.stop(server, signal.SIGINT, patience=60)


def answers(place: Place) -> bool:
    """Tell whether the server lets us in; a real connection is the only proof of life."""
    try:
        psycopg.connect(place.url, connect_timeout=5).close()
    except (psycopg.OperationalError, FileNotFoundError):
        return False
    return True


def _await_answer(server: subprocess.Popen[bytes], place: Place, say: Say) -> None:
    for waited in patiently():
        if answers(place):
            return
        if server.poll() is not None:
            report = (place.base / "start.log").read_text(errors="replace")
            failure = failure_of(place, report)
            raise _OrphansLeft(failure) if "shared memory block" in report else failure
        if waited:
            say(f"The database is still recovering after an unclean stop ({waited} s so far). Nothing is lost.")


def _await_exit(pid: int, place: Place, say: Say) -> None:
    """Wait for a server that lost its owner and is on its way out; ask it, in case nobody did."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    for waited in patiently():
        if not _is_ours(pid, place):
            return
        if waited:
            say(f"The database is still finishing its last shutdown ({waited} s so far).")


def patiently(step: float = 0.05) -> Iterator[int]:
    """Yield for ever, a little apart: whole seconds waited when it is time to say so, otherwise 0."""
    began, told = time.monotonic(), 0
    while True:
        waited = int(time.monotonic() - began)
        remind = waited >= told + REMIND_SECONDS
        told = waited if remind else told
        yield waited if remind else 0
        time.sleep(step)


def _left_behind(place: Place) -> int | None:
    """Return the living process that a postmaster.pid of an earlier run names."""
    try:
        pid = int((place.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    return pid


def _is_ours(pid: int, place: Place) -> bool:
    """Tell whether a process is a living postgres on our data directory."""
    report = subprocess.run(  # noqa: S603
        ["ps", "-ww", "-o", "stat=", "-o", "command=", "-p", str(pid)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    state, _, command = report.stdout.strip().partition(" ")
    return bool(state) and not state.startswith("Z") and str(place.data) in command and "postgres" in command
