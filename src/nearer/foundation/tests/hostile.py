"""A server on this machine that does what a fetcher must survive, and the door through which tests reach it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from nearer.foundation.fetching import Door, is_public

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
HUGE = 50_000_000
_DROPS = 600


@dataclass
class Hostile:
    """A running server: what it was asked, and the door that leads to it and nowhere else inside."""

    port: int
    asked: list[dict[str, str]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    body: bytes = CALENDAR
    etag: str = '"one"'
    status: int = 200

    def address(self, path: str, host: str = "calendar.test") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def door(self) -> Door:
        """Let `*.test` through to this server over plain HTTP; whatever else a name leads to is judged as always."""
        return Door(
            schemes=frozenset({"http"}),
            ports=frozenset({self.port, 80}),
            is_allowed=lambda ip: ip == "127.0.0.1" or is_public(ip),
            resolve=self._resolve,
        )

    def _resolve(self, host: str, port: int, *_: object) -> list[Any]:
        self.looked_up.append(host)
        if host.endswith(".test"):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        return list(socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST))


@contextmanager
def hostile() -> Iterator[Hostile]:
    """Serve until the block ends."""

    class Handler(_Handler):
        place: Hostile

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Handler.place = Hostile(server.server_port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Handler.place
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    place: Hostile

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.place.asked.append(dict(self.headers.items()))
        try:
            getattr(self, "do_" + self.path.strip("/").partition("?")[0].replace("-", "_"), self.do_calendar)()
        except OSError:
            self.close_connection = True

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def endless(self, chunk: bytes, *, pause: float) -> None:
        for _ in range(_DROPS):
            self.wfile.write(chunk)
            self.wfile.flush()
            time.sleep(pause)

    def do_calendar(self) -> None:
        if self.headers.get("If-None-Match") == self.place.etag:
            self.send_response(304)
            self.end_headers()
        else:
            self.answer(self.place.body, self.place.status, ETag=self.place.etag)

    def do_huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(HUGE))
        self.end_headers()
        self.endless(b"x" * 65536, pause=0)

    def do_endless(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.endless(b"10000\r\n" + b"x" * 65536 + b"\r\n", pause=0)

    def do_dripping(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.endless(b"x", pause=0.05)

    def do_dripping_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.endless(b"x", pause=0.05)

    def do_continuing(self) -> None:
        self.endless(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.01)

    def do_silent(self) -> None:
        time.sleep(5)

    def do_bomb(self) -> None:
        self.answer(b"\x1f\x8b", Content_Encoding="gzip")

    def do_cut_short(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(CALENDAR)
        self.close_connection = True

    def do_missing(self) -> None:
        self.answer(b"", 404)

    def do_round(self) -> None:
        self.answer(b"", 302, Location="/round")

    def do_on(self) -> None:
        self.answer(b"", 301, Location="/calendar")

    def do_to(self) -> None:
        self.answer(b"", 302, Location=self.path.partition("?")[2])
