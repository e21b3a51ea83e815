"""Child processes that can't outlive the process that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

PR_SET_PDEATHSIG = 1

# Waits for the owner's end of a pipe to close, which happens however the owner dies.
GUARD = "import os, sys; sys.stdin.buffer.read(); os.kill(int(sys.argv[1]), int(sys.argv[2]))"


def spawn(command: Sequence[str], *, farewell: signal.Signals, **options: Any) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own that receives `farewell` when this process dies.

    Call it from the main thread: Linux counts the thread that started a child as its parent.
    A session of its own keeps the terminal's Ctrl-C with us, so that we stop things in order.
    """
    if sys.platform == "linux":
        options["preexec_fn"] = _die_with_parent(farewell)
    child = subprocess.Popen(command, start_new_session=True, **options)  # noqa: S603
    if sys.platform != "linux":
        _guard(child.pid, farewell)
    return child


def spawn_nearer(*arguments: str) -> subprocess.Popen[bytes]:
    """Start another `nearer` command as a child that stops in order when we die."""
    command = [sys.executable, "-m", "nearer.config", *arguments]
    return spawn(command, farewell=signal.SIGTERM, stdin=subprocess.DEVNULL)


def stop(child: subprocess.Popen[bytes], how: signal.Signals, *, patience: float) -> None:
    """Ask a child to stop, wait `patience` seconds, then insist."""
    if child.poll() is not None:
        return
    child.send_signal(how)
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _die_with_parent(farewell: signal.Signals) -> Callable[[], None]:
    libc, parent = ctypes.CDLL(None), os.getpid()

    def bind() -> None:
        libc.prctl(PR_SET_PDEATHSIG, farewell)
        if os.getppid() != parent:
            os._exit(1)

    return bind


def _guard(pid: int, farewell: signal.Signals) -> None:
    """Start a watcher where the kernel has no word for "when my parent dies"."""
    guard = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-S", "-c", GUARD, str(pid), str(int(farewell))],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    _guards.append(guard)


# Held so that the pipes stay open for as long as this process lives.
_guards: list[subprocess.Popen[bytes]] = []
