"""Each page of a therapist's desk: it opens, only for whom it is, and with as many queries for many as for one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nearer.accounts.tests.builders import signed_in
from nearer.directory.models import Contract, Licence, Location
from nearer.directory.tests.builders import a_contract, a_licence, a_network
from nearer.portal.tests.builders import at_desk
from nearer.portal.tests.desks import a_booking, a_desk, long_over
from nearer.portal.urls.desk import urls_desk
from nearer.scheduling.tests.rows import a_therapist_without_diary

pytestmark = pytest.mark.django_db

PAGES = [
    "/desk/",
    "/desk/hours/",
    "/desk/days/",
    "/desk/limits/",
    "/desk/profile/",
    "/desk/services/",
    "/desk/services/couples/",
    "/desk/licenses/",
    "/desk/shown/",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_and_keeps_itself_to_itself(client: Client, page: str) -> None:
    a_desk(client)
    response = client.get(page)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response.content.decode().count("<h1") == 1


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_for_someone_who_has_no_hours_yet(client: Client, page: str) -> None:
    at_desk(client, a_therapist_without_diary())
    assert client.get(page, follow=True).status_code == 200


def _addresses() -> list[str]:
    args = {
        "appointment_id": 1,
        "kind": "couples",
        "place_id": 1,
        "part": "licence",
        "fact_id": 1,
        "statement_id": 1,
    }
    found = []
    for each in urls_desk:
        names = each.pattern.converters
        if all(name in args for name in names):
            found.append(reverse(f"portal:{each.name}", kwargs={name: args[name] for name in names}))
    return found


@pytest.mark.parametrize("address", _addresses())
def test_nobody_reaches_a_desk_without_signing_in_or_as_somebody_else(client: Client, address: str) -> None:
    for send in (client.get, client.post):
        assert send(address).status_code in {302, 405}
    signed_in(client, ("operator",))
    for send in (client.get, client.post):
        assert send(address).status_code in {403, 405}


def _queries(client: Client, page: str) -> int:
    client.get(page)  # what is loaded once
    with CaptureQueriesContext(connection) as found:
        assert client.get(page).status_code == 200
    return len(found)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_as_many_queries_for_many_clients_and_facts_as_for_one(client: Client, page: str) -> None:
    desk = a_desk(client)
    a_booking()
    few = _queries(client, page)
    for state in ("NH", "VT", "ME", "RI"):
        a_licence(desk.therapist, jurisdiction=state)
        a_contract(desk.therapist, a_network(), jurisdiction=state)
    for number in range(4):
        booking = a_booking()
        if number % 2:
            long_over(booking.appointment_id, days=number)
    assert _queries(client, page) == few


def test_the_desk_shows_what_a_new_client_chose_to_tell(client: Client) -> None:
    a_desk(client, traits={"concern": ["grief"], "language": ["en"]})
    booking = a_booking(concern="grief")
    shown = client.get("/desk/").content.decode()
    assert "Alex" in shown
    assert "Grief and loss" in shown
    page = client.get(f"/desk/sessions/{booking.appointment_id}/").content.decode()
    assert "Grief and loss" in page
    assert "Alexandra Example" in page


def test_an_address_is_shown_only_where_it_is_safe(client: Client) -> None:
    a_desk(client)
    texted, written = a_booking(), a_booking(safe_to_reach=["email"])
    pages = [client.get(f"/desk/sessions/{each.appointment_id}/").content.decode() for each in (texted, written)]
    assert "6175550134" in pages[0]
    assert "6175550134" not in pages[1]
    assert "@example.org" in pages[1]


def test_what_is_over_and_unsaid_is_asked_about_first(client: Client) -> None:
    a_desk(client)
    booking = a_booking()
    long_over(booking.appointment_id)
    shown = client.get("/desk/").content.decode()
    assert shown.index("How did it go?") < shown.index("No sessions today") if "No sessions" in shown else True
    assert "It took place" in shown


ACTS = ["", "cancel/", "move/", "complete/", "missed/"]


@pytest.mark.parametrize("act", ACTS)
def test_another_therapists_session_is_not_there(client: Client, act: str) -> None:
    a_desk(Client(), given_name="Other")
    booking = a_booking()
    at_desk(client, a_therapist_without_diary())
    address = f"/desk/sessions/{booking.appointment_id}/{act}"
    assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}
    assert client.post(address, {"start": "2026-11-30T15:00:00+00:00"}).status_code in {404, 405}
    booking.refresh_from_db()
    assert booking.appointment.status == "confirmed"


def test_another_therapists_facts_are_not_there(client: Client) -> None:
    other = a_desk(Client()).therapist
    a_desk(client)
    licence, contract = Licence.objects.get(therapist=other), Contract.objects.get(therapist=other)
    place = Location.objects.get(therapist=other)
    for address in (
        f"/desk/facts/licence/{licence.pk}/yes/",
        f"/desk/facts/licence/{licence.pk}/no/",
        f"/desk/facts/contract/{contract.pk}/no/",
        f"/desk/facts/trait/{licence.pk}/no/",
        "/desk/facts/take-back/1/",
        f"/desk/places/{place.pk}/drop/",
    ):
        assert client.post(address).status_code == 404
    assert Licence.objects.filter(pk=licence.pk).exists()
    assert Location.objects.filter(pk=place.pk).exists()


def test_no_page_of_the_desk_names_another_therapists_client(client: Client) -> None:
    a_desk(Client())
    a_booking()
    at_desk(client, a_therapist_without_diary())
    for page in PAGES:
        shown = client.get(page, follow=True).content.decode()
        assert "Alexandra" not in shown
