"""The shopper is sent from the desk or the command line; what stays of a trip is counts."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from nearer.accounts.tests.builders import signed_in
from nearer.audit.models import Event
from nearer.care.operations import shopping as care_shopping
from nearer.care.tests.builders import someone_free
from nearer.foundation import clock
from nearer.portal.models import ShoppingTrip
from nearer.portal.operations.shopping import CannotShop, make_trip, send_shopper
from nearer.portal.queries.shopping import last_trip, trips

pytestmark = pytest.mark.django_db


def a_trip_sent(requests: int = 5) -> int:
    return send_shopper(requests=requests, by=1, now=clock.now(), seed=7)


def test_a_trip_from_the_desk_is_made_by_the_worker(client: Client) -> None:
    someone_free()
    user_id = signed_in(client, ("operator",))
    response = client.post("/operator/shopper/send/", {"requests": "5"})
    assert response.status_code == 302
    trip = ShoppingTrip.objects.get()
    assert trip.finished_at is None
    assert "0 of 5" in client.get("/operator/shopper/").content.decode()
    make_trip(trip_id=trip.pk, at=clock.now)
    made = ShoppingTrip.objects.get()
    assert (made.requests, made.ghosts) == (5, 0)
    assert made.finished_at is not None
    assert Event.objects.get(action="sent the shopper").actor == f"staff:{user_id}"


def test_the_first_page_says_what_the_last_trip_found(client: Client) -> None:
    someone_free()
    signed_in(client, ("operator",))
    assert "Not measured yet" in client.get("/operator/").content.decode()
    make_trip(trip_id=a_trip_sent(), at=clock.now)
    assert "times shown could not be held" in client.get("/operator/").content.decode()


@pytest.mark.parametrize("requests", ["", "0", "-3", "1000000", "many"])
def test_a_trip_that_is_none_is_a_sentence(client: Client, requests: str) -> None:
    signed_in(client, ("operator",))
    response = client.post("/operator/shopper/send/", {"requests": requests})
    assert response.status_code == 422
    assert not ShoppingTrip.objects.exists()


def test_one_shopper_at_a_time() -> None:
    a_trip_sent()
    with pytest.raises(CannotShop, match="on the way"):
        a_trip_sent()


def test_a_trip_whose_worker_died_is_made_again_and_once() -> None:
    someone_free()
    trip_id = a_trip_sent()
    ShoppingTrip.objects.update(requests=3, shown=9)
    make_trip(trip_id=trip_id, at=clock.now)
    first = last_trip()
    make_trip(trip_id=trip_id, at=clock.now)
    assert last_trip() == first
    assert len(trips()) == 1


def test_with_nobody_listed_there_is_no_trip() -> None:
    trip_id = a_trip_sent()
    with pytest.raises(CannotShop, match="Nobody is listed"):
        make_trip(trip_id=trip_id, at=clock.now)
    assert not ShoppingTrip.objects.exists()


def test_the_command_prints_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    someone_free()
    call_command("shop", "5", "--seed", "3", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["requests"], told["seed"], told["ghosts"], told["rate"]) == (5, 3, 0, 0.0)
    call_command("shop", "5", "--seed", "3")
    assert "0.0000%" in capsys.readouterr().out
    assert ShoppingTrip.objects.count() == 2


def test_the_command_fails_where_a_ghost_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    someone_free()
    monkeypatch.setattr(care_shopping, "_not_held", lambda *args: set(args[3]))
    with pytest.raises(SystemExit) as left:
        call_command("shop", "20", "--seed", "3")
    assert left.value.code == 1


@pytest.mark.parametrize("count", ["0", "100001"])
def test_the_command_refuses_what_is_no_trip(count: str) -> None:
    with pytest.raises(CommandError, match="between 1 and"):
        call_command("shop", count)
