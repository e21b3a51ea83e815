"""Operators let people in and out; each act is told to the person, and stands in the audit trail."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nearer.accounts import api as accounts
from nearer.accounts.tests.builders import a_person, signed_in
from nearer.accounts.tests.signing import app_shows
from nearer.audit.models import Event
from nearer.foundation import clock
from nearer.outbox.models import Message
from nearer.portal.models import Seat
from nearer.scheduling import api as scheduling
from nearer.scheduling.tests.rows import NEW_YORK, NINE_TO_FIVE, NOW, ROOMY, a_therapist_without_diary

pytestmark = pytest.mark.django_db

NEW = "nora@practice.example.org"
NPI = "1234567893"


def invite(client: Client, email: str = NEW, kinds: tuple[str, ...] = ("author",), npi: str = "") -> int:
    return client.post("/operator/people/", {"email": email, "kinds": kinds, "npi": npi}).status_code


def deeds() -> list[tuple[str, str]]:
    return list(Event.objects.order_by("id").values_list("actor", "action"))


def letters(email: str) -> list[Message]:
    return [message for message in Message.objects.order_by("created_at") if message.to == email]


def test_an_operator_invites_an_author_who_is_told_where_to_sign_in(client: Client) -> None:
    me = signed_in(client)
    assert invite(client) == 302
    (person,) = accounts.people("author")
    assert (person.email, person.kinds, person.has_factor) == (NEW, ("author",), False)
    (letter,) = letters(NEW)
    assert letter.subject == "You are invited"
    assert "http://testserver/sign-in/" in letter.body
    assert (f"staff:{me}", "invited as author") in deeds()


def test_a_therapist_is_invited_by_npi_and_gets_their_desk(client: Client) -> None:
    therapist_id = a_therapist_without_diary(NPI)
    signed_in(client)
    assert invite(client, kinds=("therapist",), npi="123 456 7893") == 302
    (person,) = accounts.people("therapist")
    assert Seat.objects.get(user_id=person.user_id).therapist_id == therapist_id
    assert NPI in client.get(f"/operator/people/{person.user_id}/").content.decode()


@pytest.mark.parametrize(
    ("email", "kinds", "npi", "said"),
    [
        ("", ("author",), "", "Enter an e-mail."),
        ("nora", ("author",), "", "Enter an e-mail such as"),
        (NEW, (), "", "Choose at least one role."),
        (NEW, ("king",), "", "king"),
        (NEW, ("therapist",), "", "Enter the NPI of the therapist."),
        (NEW, ("author",), NPI, "Leave the NPI out"),
        (NEW, ("therapist",), "1234567890", "An NPI has ten digits"),
        (NEW, ("therapist",), NPI, "Nobody in the directory has this NPI."),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(
    client: Client, email: str, kinds: tuple[str, ...], npi: str, said: str
) -> None:
    signed_in(client)
    response = client.post("/operator/people/", {"email": email, "kinds": kinds, "npi": npi})
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert email in page
    assert not letters(NEW)
    assert accounts.user_id_of(NEW) is None


def test_a_therapist_has_one_seat_and_a_person_one_desk(client: Client) -> None:
    a_therapist_without_diary(NPI)
    signed_in(client)
    invite(client, kinds=("therapist",), npi=NPI)
    response = client.post("/operator/people/", {"email": "o@x.example.org", "kinds": ["therapist"], "npi": NPI})
    assert "signs in with another address already" in response.content.decode()
    assert accounts.user_id_of("o@x.example.org") is None


def test_inviting_twice_is_one_person_with_both_roles(client: Client) -> None:
    signed_in(client)
    invite(client, kinds=("author",))
    invite(client, email=NEW.upper(), kinds=("author", "editor"))
    (person,) = accounts.people("author")
    assert person.kinds == ("author", "editor")


def test_a_role_that_is_ended_shuts_the_door_and_is_told(client: Client) -> None:
    signed_in(client)
    other, theirs = a_person("author", email=NEW), Client()
    signed_in(theirs, user_id=other)
    assert client.post(f"/operator/people/{other}/end/", {"kind": "author"}).status_code == 302
    assert theirs.get("/account/").status_code == 302
    assert "Can’t sign in" in client.get(f"/operator/people/{other}/").content.decode()
    assert "Author" in letters(NEW)[-1].body


def test_ending_a_therapists_role_frees_their_desk(client: Client) -> None:
    a_therapist_without_diary(NPI)
    signed_in(client)
    invite(client, kinds=("therapist",), npi=NPI)
    who = accounts.user_id_of(NEW)
    client.post(f"/operator/people/{who}/end/", {"kind": "therapist"})
    assert invite(client, email="other@practice.example.org", kinds=("therapist",), npi=NPI) == 302


def test_the_feed_of_a_desk_ends_with_the_desk(client: Client) -> None:
    therapist_id = a_therapist_without_diary(NPI)
    scheduling.set_hours(therapist_id=therapist_id, time_zone=NEW_YORK, hours=NINE_TO_FIVE, settings=ROOMY, now=NOW)
    me = signed_in(client)
    assert invite(client, kinds=("therapist",), npi=NPI) == 302
    secret = scheduling.new_feed(therapist_id=therapist_id, with_initials=True, language="en", now=clock.now())
    assert client.get(f"/feed/{secret}.ics").status_code == 200
    client.post(f"/operator/people/{accounts.user_id_of(NEW)}/end/", {"kind": "therapist"})
    assert client.get(f"/feed/{secret}.ics").status_code == 404
    assert (f"staff:{me}", "revoke_feed") in deeds()


def test_an_operator_cannot_take_a_desk_and_read_what_clients_wrote(client: Client) -> None:
    a_therapist_without_diary(NPI)
    me = signed_in(client)
    email = next(each.email for each in accounts.people("operator") if each.user_id == me)
    response = client.post("/operator/people/", {"email": email, "kinds": ["therapist"], "npi": NPI})
    assert response.status_code == 422
    assert "Nobody gives a desk to themself" in response.content.decode()
    assert not Seat.objects.exists()
    assert accounts.people("therapist") == ()


def test_an_operator_cannot_shut_themselves_out(client: Client) -> None:
    me = signed_in(client)
    response = client.post(f"/operator/people/{me}/end/", {"kind": "operator"})
    assert response.status_code == 409
    assert "can’t end your own role" in response.content.decode()
    assert client.post(f"/operator/people/{me}/reset/").status_code == 409


def test_the_last_operator_stays() -> None:
    one, other = a_person("operator"), a_person("author")
    with pytest.raises(accounts.CannotWithdraw, match="last operator"):
        accounts.withdraw_role(user_id=one, kind="operator", by=other, now=clock.now())


def test_a_lost_second_step_is_reset_and_the_person_is_told(client: Client) -> None:
    me = signed_in(client)
    other, theirs = a_person("author", email=NEW), Client()
    signed_in(theirs, user_id=other)
    client.post(f"/operator/people/{other}/reset/")
    assert not Authenticator.objects.filter(user_id=other).exists()
    assert theirs.get("/account/").status_code == 302
    assert "was reset" in letters(NEW)[-1].body
    assert (f"staff:{me}", "reset the second factor") in deeds()


def test_what_matters_asks_again_after_five_minutes_and_then_does_what_was_sent(
    client: Client,
) -> None:
    signed_in(client)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 301
    session.save()
    response = client.post("/operator/people/", {"email": NEW, "kinds": ["author"], "npi": ""})
    assert response["Location"] == "/account/again/?next=%2Foperator%2Fpeople%2F"
    assert accounts.user_id_of(NEW) is None
    client.post("/account/again/?next=/operator/people/", {"code": app_shows(), "next": "/operator/people/"})
    assert accounts.user_id_of(NEW) is not None


@pytest.mark.parametrize("kind", ["therapist", "editor", "reviewer", "author"])
def test_nobody_else_lets_people_in_or_out(client: Client, kind: str) -> None:
    signed_in(client, (kind,))
    other = a_person("author")
    for path in ("", f"{other}/", f"{other}/end/", f"{other}/reset/"):
        response = client.post if path.count("/") == 2 else client.get
        assert response(f"/operator/people/{path}").status_code == 403, path


def test_somebody_who_never_was_is_not_found(client: Client) -> None:
    signed_in(client)
    assert client.get("/operator/people/999999/").status_code == 404
    assert client.post("/operator/people/999999/reset/").status_code == 404


def test_a_long_list_costs_no_more_than_a_short_one(client: Client) -> None:
    signed_in(client)
    client.get("/operator/people/")
    with CaptureQueriesContext(connection) as few:
        client.get("/operator/people/")
    for _ in range(5):
        a_person("author", "editor")
    with CaptureQueriesContext(connection) as many:
        client.get("/operator/people/")
    assert len(few) == len(many)
