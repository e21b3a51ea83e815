"""A site for benchmarks: this installation's database behind the real web server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from nearer.config import static_files, supervise, web

HOST = "127.0.0.1"


@contextmanager
def serving() -> Iterator[str]:
    """Serve for as long as the block lasts; return the address."""
    static_files.collect_if_changed()
    port = free_port()
    company = {"web server": web.start(HOST, port, workers=1)}
    try:
        web.await_answer(company["web server"], HOST, port)
        yield web.address(HOST, port)
    finally:
        supervise.dismiss(company)


def free_port() -> int:
    """Return a port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
