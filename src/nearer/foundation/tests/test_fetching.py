"""Getting a file from an address that somebody typed: never from inside the network, never for long."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from nearer.foundation.fetching import Door, Got, Unfetchable, check_address, fetch, is_public
from nearer.foundation.tests.hostile import CALENDAR, Hostile, hostile

STREET = Door()


@pytest.fixture
def server() -> Iterator[Hostile]:
    with hostile() as running:
        yield running


def got(server: Hostile, path: str, *, seconds: float = 5, max_bytes: int = 1_000_000, etag: str = "") -> Got:
    return fetch(server.address(path), door=server.door, seconds=seconds, max_bytes=max_bytes, etag=etag)


def refused(server: Hostile, path: str, **more: Any) -> str:
    with pytest.raises(Unfetchable) as error:
        got(server, path, **more)
    return str(error.value)


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.0.8", False),
        ("192.0.0.9", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:169.254.169.254", False),
        ("::ffff:8.8.8.8", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b:1::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fc00::1", False),
        ("fd00:ec2::254", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
    ],
)
def test_only_addresses_in_the_open_are_called(address: str, *, is_open: bool) -> None:
    assert is_public(address) is is_open


def test_a_file_comes_as_it_is(server: Hostile) -> None:
    assert got(server, "/calendar?token=a%20b") == Got(CALENDAR, '"one"')
    assert server.asked[0]["Host"] == f"calendar.test:{server.port}"
    assert server.asked[0]["Accept-Encoding"] == "identity"


def test_what_did_not_change_is_not_sent_again(server: Hostile) -> None:
    assert got(server, "/calendar", etag='"one"').body is None


def test_a_redirect_is_followed(server: Hostile) -> None:
    assert got(server, "/on").body == CALENDAR


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://169.254.169.254/latest/meta-data/", "address"),
        ("http://127.0.0.2/", "address"),
        ("http://[::1]/", "address"),
        ("http://0x7f.2/", "address"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://example.test/", "scheme"),
        ("http://me:secret@calendar.test/", "credentials"),
        ("http://calendar.test:22/", "port"),
        ("http://calendar.test:99999/", "address"),
        ("", "redirects"),
    ],
)
def test_a_redirect_is_judged_like_the_first_address(server: Hostile, target: str, why: str) -> None:
    assert refused(server, "/to?" + target) == why


def test_redirects_come_to_an_end(server: Hostile) -> None:
    assert refused(server, "/round") == "redirects"
    assert len(server.asked) == 4


def test_a_file_of_50_megabytes_is_refused_before_it_comes(server: Hostile) -> None:
    started = time.monotonic()
    assert refused(server, "/huge") == "too_big"
    assert time.monotonic() - started < 1


def test_an_endless_file_is_refused_once_it_is_too_big(server: Hostile) -> None:
    assert refused(server, "/endless") == "too_big"


@pytest.mark.parametrize("path", ["/dripping", "/dripping-headers", "/continuing", "/silent"])
def test_a_slow_server_has_one_deadline_for_everything(server: Hostile, path: str) -> None:
    started = time.monotonic()
    assert refused(server, path, seconds=0.4) == "too_slow"
    assert time.monotonic() - started < 1.5


def test_a_slow_look_up_counts_too(server: Hostile) -> None:
    def sleepy(*_: object) -> list[Any]:
        time.sleep(2)
        return []

    started = time.monotonic()
    with pytest.raises(Unfetchable, match="too_slow"):
        fetch(server.address("/"), door=replace(server.door, resolve=sleepy), seconds=0.2, max_bytes=10)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "host", [".test", "a..test", "xn--a.test", "a" * 64 + ".test", "-", "%00.test", "1.2.3", "[v1.a]"]
)
def test_an_odd_host_is_refused_in_one_word(server: Hostile, host: str) -> None:
    door = replace(server.door, resolve=lambda *_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("no address", 0))])
    with pytest.raises(Unfetchable, match=r"^(host|address)$"):
        fetch(f"http://{host}:{server.port}/", door=door, seconds=1, max_bytes=10)


def test_what_comes_packed_is_not_unpacked(server: Hostile) -> None:
    assert refused(server, "/bomb") == "compressed"


def test_a_file_cut_short_is_no_file(server: Hostile) -> None:
    assert refused(server, "/cut-short") == "unreachable"


def test_what_the_server_says_no_to_is_told_by_its_status(server: Hostile) -> None:
    assert refused(server, "/missing") == "status 404"


def test_nothing_unchanged_is_believed_unless_asked_for(server: Hostile) -> None:
    server.status = 304
    assert refused(server, "/calendar") == "status 304"


def test_a_name_is_looked_up_once_and_the_address_that_was_judged_is_called(server: Hostile) -> None:
    """DNS that answers otherwise the second time changes nothing."""
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])

    def rebinding(_host: str, port: int, *_: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in next(answers)]

    door = replace(server.door, resolve=rebinding)
    assert fetch(server.address("/"), door=door, seconds=5, max_bytes=1000).body == CALENDAR
    with pytest.raises(Unfetchable, match="address"):
        fetch(server.address("/"), door=door, seconds=5, max_bytes=1000)


def test_one_address_inside_spoils_the_whole_name(server: Hostile) -> None:
    def both(_host: str, port: int, *_: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.1", "10.0.0.1")]

    with pytest.raises(Unfetchable, match="address"):
        fetch(server.address("/"), door=replace(server.door, resolve=both), seconds=5, max_bytes=1000)
    assert not server.asked


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://example.com/a.ics", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://example.com/a.ics", "scheme"),
        ("example.com/a.ics", "scheme"),
        ("https://me:secret@example.com/a.ics", "credentials"),
        ("https://me@example.com/a.ics", "credentials"),
        ("https:///a.ics", "host"),
        ("https://example.com:8080/a.ics", "port"),
        ("https://127.0.0.1/a.ics", "address"),
        ("https://[::1]/a.ics", "address"),
        ("https://[fe80::1%25eth0]/a.ics", "address"),
        ("https://example.com/\r\nHost: inside", "address"),
        ("https://example.com/a b", "address"),
        ("https://[::1", "address"),
        ("https://example.com/" + "a" * 5000, "address"),
        ("", "scheme"),
    ],
)
def test_the_door_to_the_street_lets_nothing_else_through(address: str, why: str) -> None:
    with pytest.raises(Unfetchable) as error:
        check_address(address, STREET)
    assert error.value.why == why


def test_webcal_is_https() -> None:
    assert check_address("webcal://example.com/a.ics", STREET).scheme == "https"


def test_this_machine_can_not_be_reached_through_the_door_to_the_street(server: Hostile) -> None:
    """The seam that these tests use is theirs: the product's door asks nobody inside, by any name."""
    door = replace(STREET, resolve=server._resolve)
    with pytest.raises(Unfetchable, match="address"):
        fetch("https://calendar.test/", door=door, seconds=1, max_bytes=10)
    assert not server.asked


def test_a_server_must_prove_who_it_is(server: Hostile) -> None:
    def untrusted() -> ssl.SSLContext:
        context = ssl.create_default_context()
        assert context.verify_mode == ssl.CERT_REQUIRED
        assert context.check_hostname
        return context

    door = replace(server.door, schemes=frozenset({"https"}), tls=untrusted)
    with pytest.raises(Unfetchable, match="unreachable"):  # it does not even speak TLS
        fetch(server.address("/").replace("http:", "https:"), door=door, seconds=5, max_bytes=10)
    assert STREET.tls is ssl.create_default_context


def test_no_trouble_tells_the_address(server: Hostile) -> None:
    for path in ("/missing?secret", "/to?http://127.0.0.2/secret", "/round?secret"):
        with pytest.raises(Unfetchable) as error:
            got(server, path)
        assert "secret" not in repr(error.value)
        assert error.value.__cause__ is None
