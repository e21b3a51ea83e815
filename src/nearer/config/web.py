"""The web server: granian, serving WSGI with threads, its access log off because addresses hold tokens."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import time

from nearer.config import children
from nearer.config.failures import Exit, Failure

THREADS = 4


def check_port(host: str, port: int) -> None:
    """Raise `Failure` when the port is taken, naming one that is not."""
    if _is_free(host, port):
        return
    other = next((near for near in range(port + 1, port + 100) if _is_free(host, near)), port + 100)
    raise Failure(f"Port {port} is taken by another program: try `--port {other}`.", Exit.PORT_TAKEN)


def start(host: str, port: int, *, workers: int) -> subprocess.Popen[bytes]:
    """Start the web server as a child that dies with us."""
    return children.spawn(
        [
            *(sys.executable, "-m", "granian", "nearer.config.wsgi:application", "--interface", "wsgi"),
            *("--host", host, "--port", str(port), "--no-ws", "--no-access-log", "--log-level", "error"),
            *("--workers", str(workers), "--blocking-threads", str(THREADS), "--respawn-failed-workers"),
            *("--workers-kill-timeout", "10"),
        ],
        farewell=signal.SIGTERM,
        stdin=subprocess.DEVNULL,
    )


def await_answer(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    """Wait until the server answers.

    Raises `Failure` when it gives up; what it said stands above.
    """
    while server.poll() is None:
        try:
            connection = http.client.HTTPConnection(_reachable(host), port, timeout=5)
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Failure("The web server did not start, for the reason above: `nearer doctor` says what is wrong.")


def address(host: str, port: int) -> str:
    """Return the address to print for people."""
    shown = "localhost" if _reachable(host) in {"127.0.0.1", "::1"} else host
    return f"http://{shown}:{port}/"


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "localhost": "127.0.0.1"}.get(host, host)  # noqa: S104


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
