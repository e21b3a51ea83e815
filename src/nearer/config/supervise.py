"""Keeping a few children company until somebody says stop, or one of them is gone."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

from nearer.config import children
from nearer.config.failures import Exit, Failure

PATIENCE = 20
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Wish:
    """Whether somebody asked us to stop. Handlers only take note: waiting inside one can deadlock."""

    def __init__(self) -> None:
        self.to_stop = False

    def note(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the shape of a handler
        self.to_stop = True


@contextmanager
def listening() -> Iterator[Wish]:
    """Take note of signals for as long as the block lasts."""
    wish = Wish()
    before = {each: signal.signal(each, wish.note) for each in SIGNALS}
    try:
        yield wish
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def keep(company: Mapping[str, subprocess.Popen[bytes]], wish: Wish) -> None:
    """Return when somebody wishes to stop.

    Raises `Failure` when a child is gone before that.
    """
    while not wish.to_stop:
        for name, child in company.items():
            if child.poll() is not None:
                raise Failure(
                    f"The {name} stopped by itself (code {child.returncode}): what it said stands above, "
                    "and `nearer doctor` says what is wrong.",
                    Exit.BROKEN,
                )
        time.sleep(0.1)


def dismiss(company: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Ask all children to stop, then wait for each."""
    for child in company.values():
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    for child in company.values():
        children.stop(child, signal.SIGTERM, patience=PATIENCE)
