"""A connection to addresses that were looked at, which ends when the time for all of it is over."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from http.client import HTTPConnection
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

#: What `socket.getaddrinfo` answers; only the address at the end matters here.
Resolve = Callable[..., list[Any]]
#: Seconds until the next address of a host is tried.
PATIENCE = 3


class OutOfTime(Exception):
    """The time for all of it is over."""


class Deadline:
    """One span of seconds for everything: looking up, connecting, redirects, each byte."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left.

        :raises OutOfTime: none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left


def looked_up(resolve: Resolve, host: str, port: int, deadline: Deadline) -> list[str]:
    """Return the addresses of a host, each once, in the resolver's order. Waits no longer than the deadline.

    The resolver can't be told to stop, so it asks in a thread that nobody waits for.

    :raises OSError: it has none.
    :raises OutOfTime: no answer came.
    """
    answers: SimpleQueue[list[Any] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port, 0, socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError("no such host"))

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except Empty:
        raise OutOfTime from None
    if isinstance(answer, OSError):
        raise answer
    return list(dict.fromkeys(str(each[4][0]) for each in answer))


class _Reader(io.RawIOBase):
    """Reads a socket; every wait is as long as what is left of the deadline, so that drops can't add up."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)


class _Wire:
    """What http.client needs of a socket."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def makefile(self, mode: str, *_: object, **__: object) -> io.BufferedReader:
        assert mode == "rb"
        return io.BufferedReader(_Reader(self._sock, self._deadline))

    def close(self) -> None:
        """Stay open: http.client closes as soon as the headers are read, and the body is still to come."""


class Line(HTTPConnection):
    """HTTP with `host`, over a connection to the first of `addresses` that answers: the name is not looked up again."""

    def __init__(
        self, host: str, port: int, *, addresses: Sequence[str], tls: ssl.SSLContext | None, deadline: Deadline
    ) -> None:
        super().__init__(host, port)
        self.default_port = 443 if tls else 80
        self._addresses, self._tls, self._deadline = addresses, tls, deadline
        self._held = ExitStack()

    def connect(self) -> None:
        """Connect, and have the server prove that it is the host where the scheme asks for it."""
        sock = self._held.enter_context(self._reached())
        if self._tls is not None:
            sock.settimeout(self._deadline.left())
            sock = self._held.enter_context(self._tls.wrap_socket(sock, server_hostname=self.host))
        self.sock = _Wire(sock, self._deadline)

    def hang_up(self) -> None:
        """End the connection."""
        self._held.close()

    def _reached(self) -> socket.socket:
        for address in self._addresses[:-1]:
            try:
                return socket.create_connection((address, self.port), min(PATIENCE, self._deadline.left()))
            except OSError:
                continue
        return socket.create_connection((self._addresses[-1], self.port), self._deadline.left())
