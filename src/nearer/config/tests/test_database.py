"""A database that strangers could reach is refused; the site says whether its own answers."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

from nearer.config import database
from nearer.config.failures import Exit, Failure

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.1.9", "::1", "fd00::7"])
def test_a_private_address_with_a_password_is_fine(address: str) -> None:
    database.check_way(host="db", address=address, used_password=True)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_a_public_address_is_refused(address: str) -> None:
    with pytest.raises(Failure, match="public address") as failure:
        database.check_way(host="db.example.org", address=address, used_password=True)
    assert failure.value.code == Exit.SETTING


def test_a_server_that_lets_anybody_in_is_refused() -> None:
    with pytest.raises(Failure, match="without a password"):
        database.check_way(host="localhost", address="127.0.0.1", used_password=False)


def test_a_socket_is_fine() -> None:
    database.check_way(host="/run/postgresql", address="", used_password=False)


def test_the_tests_own_database_is_fine() -> None:
    database.check_version()
    database.check_door()


def test_a_migrated_database_lacks_nothing() -> None:
    assert database.pending() == []
    database.check_up_to_date()


def test_a_database_that_lacks_steps_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "pending", lambda: ["care.0007_more"])
    with pytest.raises(Failure, match="nearer migrate"):
        database.check_up_to_date()


def test_healthz_says_that_the_database_answers_and_nothing_else(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok"}
    assert not response.cookies


def test_healthz_says_when_it_does_not(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable() -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", unreachable)
        response = client.get("/healthz")
    assert response.status_code == 503
