"""Who comes in at which desk, and what everybody else is told."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern

from nearer.accounts.models import User
from nearer.accounts.tests.builders import a_person, signed_in
from nearer.portal.tests.builders import at_desk
from nearer.portal.urls import urlpatterns
from nearer.scheduling.tests.rows import a_therapist

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["/desk/", "/operator/"])
def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Client, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 302
    assert response["Location"] == f"/sign-in/?next={page.replace('/', '%2F')}"


def every_page() -> list[str]:
    """Return an address for each page of the portal."""
    known = {"int": "1", "slug": "ma", "str": "x", "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12}
    found = []
    for each in urlpatterns:
        assert isinstance(each, URLPattern)
        found.append("/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: known[part[1] or "str"], str(each.pattern)))
    return found


@pytest.mark.parametrize("page", every_page())
def test_every_page_is_shut_to_whoever_did_not_sign_in(client: Client, page: str) -> None:
    for ask in (client.get, client.post):
        response = ask(page)
        assert response.status_code in {302, 405}, page
        assert response.headers.get("Location", "/sign-in/").startswith("/sign-in/"), page


@pytest.mark.parametrize("page", every_page())
def test_every_page_is_shut_without_a_second_factor(client: Client, page: str) -> None:
    client.force_login(User.objects.get(pk=a_person("operator", "therapist", factor=False)))
    for ask in (client.get, client.post):
        response = ask(page)
        assert response.status_code in {302, 405}, page
        assert response.headers.get("Location", "/account/second-factor/").startswith("/account/second-factor/"), page


def test_an_operator_has_a_desk(client: Client) -> None:
    signed_in(client, ("operator",))
    response = client.get("/operator/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_therapist_has_a_desk(client: Client) -> None:
    at_desk(client, a_therapist())
    assert client.get("/desk/").status_code == 200


def test_a_therapist_without_a_seat_is_told_whom_to_ask(client: Client) -> None:
    signed_in(client, ("therapist",))
    response = client.get("/desk/")
    assert response.status_code == 403
    assert "You have no desk yet" in response.content.decode()


@pytest.mark.parametrize(("kind", "page"), [("therapist", "/operator/"), ("operator", "/desk/"), ("author", "/desk/")])
def test_another_role_is_told_plainly(client: Client, kind: str, page: str) -> None:
    signed_in(client, (kind,))
    response = client.get(page)
    assert response.status_code == 403
    assert "needs another role" in response.content.decode()


def test_without_a_second_factor_one_is_set_up_first(client: Client) -> None:
    client.force_login(User.objects.get(pk=a_person("operator", factor=False)))
    assert client.get("/operator/")["Location"] == "/account/second-factor/?next=%2Foperator%2F"


def test_a_session_that_never_saw_the_second_factor_is_asked_for_it(client: Client) -> None:
    client.force_login(User.objects.get(pk=a_person("operator")))
    assert client.get("/operator/")["Location"] == "/account/again/?next=%2Foperator%2F"
