"""One owner at a time; every other process of the installation simply connects."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nearer.config.embedded import postmaster
from nearer.config.embedded.binaries import programs
from nearer.config.embedded.cluster import make
from nearer.config.embedded.place import place_of
from nearer.config.embedded.postmaster import Say


def mutter(sentence: str) -> None:
    """Say something on the terminal's error side."""
    sys.stderr.write(sentence + "\n")


class Server:
    """This installation's server, whether we own it or somebody else does."""

    def __init__(self, home: Path, *, say: Say = mutter, options: tuple[str, ...] = ()) -> None:
        self.place = place_of(home)
        self._say = say
        self._options = options
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return self.place.url

    @property
    def is_ours(self) -> bool:
        """Tell whether the server lives and dies with this process."""
        return self._process is not None

    @property
    def is_running(self) -> bool:
        return postmaster.answers(self.place)

    def start(self) -> None:
        """Own the server, or find it running in the hands of another process of this installation.

        Raises `Failure` when it can't be started.
        """
        self.place.prepare()
        for waited in postmaster.patiently():
            if self._take_lock():
                break
            if self.is_running:
                return
            if waited:
                self._say(f"Waiting for another nearer process to start or stop the database ({waited} s so far).")
        try:
            binaries = programs(self.place)
            make(self.place, binaries)
            self._process = postmaster.start(self.place, binaries, say=self._say, options=self._options)
        except BaseException:
            self._release_lock()
            raise

    def stop(self) -> None:
        """Stop the server if it is ours."""
        if self._process is not None:
            postmaster.stop(self._process)
            self._process = None
            self.place.tidy()
        self._release_lock()

    def _take_lock(self) -> bool:
        """Take the lock that the kernel lets go of when we die, however we die."""
        lock = os.open(self.place.base / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return False
        self._lock = lock
        return True

    def _release_lock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


@contextmanager
def running(home: Path, *, say: Say = mutter, options: tuple[str, ...] = ()) -> Iterator[Server]:
    """Have the installation's server running for as long as the block lasts."""
    server = Server(home, say=say, options=options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
