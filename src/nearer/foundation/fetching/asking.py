"""One question to an address that somebody typed, and at most one file as the answer."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from typing import Literal
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from nearer.foundation.fetching.addresses import is_public
from nearer.foundation.fetching.line import Deadline, Line, OutOfTime, Resolve, looked_up

Refusal = Literal[
    "address",  # it lies inside a network, or is no address
    "certificate",  # the server can't prove who it is
    "compressed",  # it came packed although it was asked for plain
    "credentials",  # the address holds a name or a password
    "host",  # there is none, or none that can be found
    "port",
    "redirects",
    "scheme",
    "status",
    "too_big",
    "too_slow",
    "unreachable",
]

_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 1 << 16
_SPACE, _DELETE = 0x20, 0x7F
_LONGEST_ADDRESS = 4096


class Unfetchable(Exception):
    """Nothing was got. `why` says so in one word, `status` what the server answered; the address is never told."""

    def __init__(self, why: Refusal, status: int | None = None) -> None:
        super().__init__(why if status is None else f"{why} {status}")
        self.why: Refusal = why
        self.status = status


@dataclass(frozen=True, slots=True)
class Door:
    """What may be asked, and of whom. As it is made here, it is the one to the street: TLS, and nothing inside."""

    schemes: frozenset[str] = frozenset({"https"})
    ports: frozenset[int] = frozenset({443})
    is_allowed: Callable[[str], bool] = is_public
    resolve: Resolve = socket.getaddrinfo
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context


@dataclass(frozen=True, slots=True)
class Got:
    """What came back. `body` is None where the server says that nothing changed."""

    body: bytes | None
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class _Question:
    door: Door
    deadline: Deadline
    max_bytes: int
    headers: dict[str, str] = field(default_factory=dict)


def check_address(address: str, door: Door) -> SplitResult:
    """Return an address in its parts, `webcal:` read as `https:`.

    A host that is a name is not looked up; one that is an IP address is looked at.

    :raises Unfetchable: this is nothing to ask for.
    """
    if len(address) > _LONGEST_ADDRESS or any(ord(each) <= _SPACE or ord(each) == _DELETE for each in address):
        raise Unfetchable("address")
    try:
        parts = urlsplit("https:" + address[7:] if address.lower().startswith("webcal:") else address)
        port = parts.port or _port_of(parts)
    except ValueError:
        raise Unfetchable("address") from None
    if parts.scheme not in door.schemes:
        raise Unfetchable("scheme")
    if parts.username is not None or parts.password is not None:
        raise Unfetchable("credentials")
    if not parts.hostname:
        raise Unfetchable("host")
    if port not in door.ports:
        raise Unfetchable("port")
    _check_literal(parts.hostname, door)
    return parts


def _check_literal(host: str, door: Door) -> None:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return
    if not door.is_allowed(host):
        raise Unfetchable("address")


def fetch(  # noqa: PLR0913 - how much, how long, and what is known already
    address: str,
    *,
    door: Door,
    seconds: float,
    max_bytes: int,
    accept: str = "*/*",
    etag: str = "",
    last_modified: str = "",
    max_redirects: int = 3,
) -> Got:
    """Get what an address holds, or hear that it is what is known already by its tag and time.

    The host is looked up once for each step, every address of it must be allowed, and the connection goes to the one
    that was looked at. Redirects are steps like the first. `seconds` is the time for everything.

    :raises Unfetchable: with the one word that says why. Neither it nor its cause tells the address.
    """
    headers = {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": "Nearer", "Connection": "close"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": last_modified} if last_modified else {}
    question = _Question(door, Deadline(seconds), max_bytes, headers)
    try:
        for _ in range(max_redirects + 1):
            answer = _step(address, question)
            if isinstance(answer, Got):
                return answer
            address = answer
    except (OutOfTime, TimeoutError):
        raise Unfetchable("too_slow") from None
    except ssl.SSLCertVerificationError:
        raise Unfetchable("certificate") from None
    except (OSError, http.client.HTTPException):
        raise Unfetchable("unreachable") from None
    except ValueError:  # whatever a library says to an odd address might quote it
        raise Unfetchable("address") from None
    raise Unfetchable("redirects")


def _step(address: str, question: _Question) -> Got | str:
    """Ask once; return what came, or the address that it points to instead."""
    parts = check_address(address, question.door)
    line = _connected(parts, question)
    try:
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        line.request("GET", _ascii(path), headers=question.headers)
        with line.getresponse() as response:
            if response.status in _REDIRECTS:
                return _next(address, response.headers.get("Location", ""))
            return _got(response, question)
    finally:
        line.hang_up()


def _connected(parts: SplitResult, question: _Question) -> Line:
    assert parts.hostname
    port = parts.port or _port_of(parts)
    try:
        host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode()
        found = looked_up(question.door.resolve, host, port, question.deadline)
    except (OSError, UnicodeError):
        raise Unfetchable("host") from None
    if not found or not all(question.door.is_allowed(each) for each in found):  # one inside spoils the whole name
        raise Unfetchable("address")
    tls = question.door.tls() if parts.scheme == "https" else None
    return Line(host, port, addresses=found, tls=tls, deadline=question.deadline)


def _port_of(parts: SplitResult) -> int:
    return 443 if parts.scheme == "https" else 80


def _ascii(path: str) -> str:
    """Return a path whose letters beyond ASCII are written as UTF-8 in percent signs."""
    return "".join(each if each.isascii() else "".join(f"%{byte:02X}" for byte in each.encode()) for each in path)


def _next(address: str, location: str) -> str:
    if not location:
        raise Unfetchable("redirects")
    try:
        return urljoin("https:" + address[7:] if address.lower().startswith("webcal:") else address, location)
    except ValueError:
        raise Unfetchable("address") from None


def _got(response: http.client.HTTPResponse, question: _Question) -> Got:
    etag, changed = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
    if response.status == HTTPStatus.NOT_MODIFIED and {"If-None-Match", "If-Modified-Since"} & question.headers.keys():
        return Got(None, etag, changed)
    if response.status != HTTPStatus.OK:
        raise Unfetchable("status", response.status)
    if response.headers.get("Content-Encoding", "identity").lower() not in {"", "identity"}:
        raise Unfetchable("compressed")
    if response.length is not None and response.length > question.max_bytes:
        raise Unfetchable("too_big")
    return Got(_read(response, question), etag, changed)


def _read(response: http.client.HTTPResponse, question: _Question) -> bytes:
    """Return the body.

    :raises IncompleteRead: it is shorter than the server said.
    """
    announced, body = response.length, bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        question.deadline.left()
        if len(body) > question.max_bytes:
            raise Unfetchable("too_big")
    if announced is not None and len(body) < announced:
        raise http.client.IncompleteRead(b"")
    return bytes(body)
