"""Signing in by a code sent by e-mail and a second factor, step by step."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from time_machine import TimeMachineFixture

from nearer.accounts import tasks
from nearer.accounts.models import User
from nearer.accounts.tests.builders import a_person, signed_in
from nearer.accounts.tests.signing import app_shows, codes_for, first_step
from nearer.audit.models import Event
from nearer.outbox.models import Message

pytestmark = pytest.mark.django_db

OPERATOR = "olive@staff.example.org"


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def deeds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("action", flat=True))


def test_a_code_and_the_app_let_one_in_and_back_to_where_one_was(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    client.post("/sign-in/", {"email": OPERATOR, "next": "/operator/"})
    code = codes_for(OPERATOR)[-1]
    assert client.post("/sign-in/code/", {"code": code, "next": "/operator/"})["Location"] == "/sign-in/second/"
    response = client.post("/sign-in/second/", {"code": app_shows()})
    assert response["Location"] == "/operator/"
    assert client.get("/operator/").status_code == 200
    assert deeds()[-2:] == ["used authenticator", "signed in"]


def test_a_code_may_be_typed_with_a_space_between(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    client.post("/sign-in/", {"email": OPERATOR})
    code = codes_for(OPERATOR)[-1]
    assert client.post("/sign-in/code/", {"code": f" {code[:4]} {code[4:]}"})["Location"] == "/sign-in/second/"


def test_the_code_alone_lets_nobody_in(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    first_step(client, OPERATOR)
    assert not is_signed_in(client)
    assert "_auth_user_id" not in client.session


def test_a_wrong_code_is_told_and_can_be_mended(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    client.post("/sign-in/", {"email": OPERATOR})
    right = codes_for(OPERATOR)[-1]
    page = client.post("/sign-in/code/", {"code": f"{(int(right) + 1) % 10**8:08}"})
    assert "This is not the code" in page.content.decode()
    assert client.post("/sign-in/code/", {"code": right})["Location"] == "/sign-in/second/"
    assert "typed a wrong code" in deeds()


def test_five_wrong_codes_make_the_right_one_worthless(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    client.post("/sign-in/", {"email": OPERATOR})
    right = codes_for(OPERATOR)[-1]
    wrong = f"{(int(right) + 1) % 10**8:08}"
    for _ in range(4):
        assert client.post("/sign-in/code/", {"code": wrong}).status_code == 200
    assert client.post("/sign-in/code/", {"code": wrong})["Location"] == "/sign-in/?again=code"
    assert client.post("/sign-in/code/", {"code": right})["Location"] == "/sign-in/?again=code"
    assert "no longer works" in client.get("/sign-in/?again=code").content.decode()


def test_a_code_is_good_for_fifteen_minutes(client: Client, time_machine: TimeMachineFixture) -> None:
    a_person("operator", email=OPERATOR)
    time_machine.move_to("2026-11-23T12:00:00Z", tick=False)
    client.post("/sign-in/", {"email": OPERATOR})
    code = codes_for(OPERATOR)[-1]
    time_machine.shift(timedelta(minutes=15, seconds=1))
    assert client.post("/sign-in/code/", {"code": code})["Location"] == "/sign-in/?again=code"


def test_a_code_is_good_once(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    first_step(client, OPERATOR)
    code = codes_for(OPERATOR)[-1]
    other = Client()
    other.post("/sign-in/", {"email": OPERATOR})
    page = other.post("/sign-in/code/", {"code": code})
    assert "This is not the code" in page.content.decode()


def test_a_code_that_came_too_late_for_its_worker_is_not_sent(client: Client, time_machine: TimeMachineFixture) -> None:

    a_person("operator", email=OPERATOR)
    time_machine.move_to("2026-11-23T12:00:00Z", tick=False)
    client.post("/sign-in/", {"email": OPERATOR})
    time_machine.shift(timedelta(minutes=15))
    tasks.send_code(ProcrastinateJob.objects.latest("id").args["token"])
    assert not Message.objects.filter(kind="sign-in-code").exists()


def test_the_code_of_an_app_is_good_once(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    first_step(client, OPERATOR)
    shown = app_shows()
    client.post("/sign-in/second/", {"code": shown})
    other = Client()
    first_step(other, OPERATOR)
    page = other.post("/sign-in/second/", {"code": shown})
    assert "This did not work" in page.content.decode()
    assert not is_signed_in(other)
    assert "failed the second factor" in deeds()


def test_a_recovery_code_lets_one_in_once(client: Client) -> None:
    codes = recovery_codes_of(a_person("operator", email=OPERATOR))
    first_step(client, OPERATOR)
    typed = " ".join(codes[0][at : at + 4] for at in range(0, 20, 4))
    assert client.post("/sign-in/second/", {"code": typed})["Location"] == "/account/start/"
    assert is_signed_in(client)
    other = Client()
    first_step(other, OPERATOR)
    assert "This did not work" in other.post("/sign-in/second/", {"code": codes[0]}).content.decode()
    assert other.post("/sign-in/second/", {"code": codes[1]})["Location"] == "/account/start/"


def recovery_codes_of(user_id: int) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(User.objects.get(pk=user_id)).generate_codes()
    return codes


def test_guessing_the_second_factor_is_stopped_for_a_while(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    first_step(client, OPERATOR)
    pages = [client.post("/sign-in/second/", {"code": "000000"}).content.decode() for _ in range(6)]
    assert "too many tries" in pages[-1]
    assert "too many tries" in client.post("/sign-in/second/", {"code": app_shows()}).content.decode()


def test_a_page_of_ours_is_never_a_way_to_elsewhere(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    first_step(client, OPERATOR, back="https://evil.example/")
    assert client.post("/sign-in/second/", {"code": app_shows()})["Location"] == "/account/start/"


@pytest.mark.django_db(transaction=True)
def test_somebody_new_sets_up_an_app_and_keeps_recovery_codes(client: Client) -> None:
    user_id = a_person("operator", email=OPERATOR, factor=False)
    first_step(client, OPERATOR)
    assert client.get("/account/start/")["Location"].startswith("/account/second-factor/")
    assert "Set up a second step" in client.get("/account/second-factor/").content.decode()
    page = client.get("/account/authenticator/").content.decode()
    found = re.search(r'class="secret">(\w+)<', page)
    assert found is not None
    response = client.post("/account/authenticator/", {"code": app_shows(found[1])})
    assert response["Location"] == "/account/recovery-codes/"
    shown = client.get("/account/recovery-codes/").content.decode()
    assert len(re.findall(r"<code>(?:\d{4} ){4}\d{4}</code>", shown)) == 10
    assert client.get("/operator/").status_code == 200
    assert "added authenticator" in deeds()
    assert "An authenticator app was added." in told(OPERATOR)[-1]
    assert Authenticator.objects.filter(user_id=user_id).count() == 2


def told(email: str) -> list[str]:
    rows = Message.objects.filter(kind__in=["sign-in-changed", "second-factor-reset"]).order_by("id")
    return [row.body for row in rows if row.to == email]


def test_recovery_codes_are_shown_once(client: Client) -> None:
    user_id = signed_in(client)
    recovery_codes_of(user_id)
    assert "<code>" in client.get("/account/recovery-codes/").content.decode()
    again = client.get("/account/recovery-codes/").content.decode()
    assert "<code>" not in again
    assert "You have 10 recovery codes left" in again


def test_an_authenticator_that_is_the_only_one_stays(client: Client) -> None:
    user_id = signed_in(client)
    page = client.post("/account/authenticator/remove/").content.decode()
    assert "your only second step" in page
    assert Authenticator.objects.filter(user_id=user_id, type="totp").exists()


@pytest.mark.parametrize(
    ("kinds", "page"),
    [
        (("operator",), "/operator/"),
        (("therapist",), "/desk/"),
        (("operator", "therapist"), "/operator/"),
        (("author",), "/editor/"),
        (("editor", "reviewer"), "/editor/"),
    ],
)
def test_each_begins_where_their_work_is(client: Client, kinds: tuple[str, ...], page: str) -> None:
    signed_in(client, kinds)
    assert client.get("/account/start/")["Location"] == page
