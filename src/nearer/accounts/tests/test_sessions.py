"""How long somebody stays signed in, where, and what a dump of the database shows of it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from pytest_django import Settings
from time_machine import TimeMachineFixture

from nearer.accounts.operations.inviting import withdraw_role
from nearer.accounts.operations.sessions import forget_ended
from nearer.accounts.rules import IDLE, LONGEST
from nearer.accounts.tests.builders import NOW, TOTP_SECRET, a_person, signed_in
from nearer.accounts.tests.signing import app_shows, codes_for, first_step
from nearer.foundation import clock

pytestmark = pytest.mark.django_db

OPERATOR = "olive@staff.example.org"


def status(client: Client) -> int:
    return client.get("/account/").status_code


def whole_way(email: str = OPERATOR) -> Client:
    client = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU) AppleWebKit Version/18 Mobile Safari/604.1"})
    first_step(client, email)
    client.post("/sign-in/second/", {"code": app_shows()})
    return client


def test_resting_too_long_signs_one_out(client: Client, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)
    signed_in(client)
    assert status(client) == 200
    time_machine.shift(IDLE - timedelta(seconds=1))
    assert status(client) == 200
    time_machine.shift(IDLE)
    assert status(client) == 302


def test_however_busy_a_day_ends(client: Client, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)
    signed_in(client)
    until = NOW + LONGEST
    while clock.now() < until:
        assert status(client) == 200
        time_machine.shift(timedelta(minutes=20))
    time_machine.move_to(until - timedelta(seconds=1), tick=False)
    assert status(client) == 200
    time_machine.move_to(until, tick=False)
    assert status(client) == 302


def test_reading_is_rarely_a_write(client: Client, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)
    signed_in(client)
    status(client)
    time_machine.shift(timedelta(seconds=59))
    before = Session.objects.get().session_data
    status(client)
    assert Session.objects.get().session_data == before
    time_machine.shift(timedelta(seconds=1))
    status(client)
    assert Session.objects.get().session_data != before


def test_the_cookie_is_renewed_at_every_step(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    client.post("/sign-in/", {"email": OPERATOR})
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/sign-in/code/", {"code": codes_for(OPERATOR)[-1]})
    client.post("/sign-in/second/", {"code": app_shows()})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    stale = Client()
    stale.cookies[settings.SESSION_COOKIE_NAME] = before
    assert status(stale) == 302


def test_the_cookie_is_for_this_browser_and_this_site_alone(client: Client) -> None:
    signed_in(client)
    client.get("/account/")
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    response = Client().post("/sign-in/", {"email": OPERATOR})
    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    assert not cookie["max-age"]


def test_over_https_cookies_are_secure_and_named_for_this_host() -> None:
    names = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE")
    program = f"from nearer.config import settings; print(*(getattr(settings, name) for name in {names}))"
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "NEARER_HTTPS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["__Host-session", "True", "__Host-csrf", "True"]


def test_signing_out_everywhere_ends_every_session_at_once() -> None:
    user_id = a_person("operator", email=OPERATOR)
    phone, laptop = Client(), Client()
    signed_in(phone, user_id=user_id)
    signed_in(laptop, user_id=user_id)
    assert phone.post("/account/sessions/end/")["Location"] == "/sign-in/"
    assert (status(phone), status(laptop)) == (302, 302)


def test_one_sees_where_one_is_signed_in_and_ends_it_there(client: Client) -> None:
    user_id = a_person("operator", email=OPERATOR)
    phone = whole_way()
    signed_in(client, user_id=user_id)
    page = client.get("/account/").content.decode()
    assert "Safari on iPhone" in page
    client.post(page.split('action="/account/sessions/')[1].split('"')[0].join(("/account/sessions/", "")))
    assert status(phone) == 302
    assert status(client) == 200


def test_another_ones_session_is_not_mine_to_end(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    theirs = whole_way()
    signed_in(client)
    client.post(f"/account/sessions/{UserSession.objects.get().pk}/end/")
    assert status(theirs) == 200


def test_a_role_that_ends_ends_every_session(client: Client) -> None:
    other = a_person("operator")
    user_id = signed_in(client, ("operator", "author"))
    withdraw_role(user_id=user_id, kind="operator", by=other, now=clock.now())
    assert status(client) == 302


def test_pages_of_people_who_signed_in_are_kept_by_nobody(client: Client) -> None:
    signed_in(client)
    for path in ("/account/", "/account/second-factor/", "/sign-in/", "/account/passkeys/add/"):
        assert "no-store" in client.get(path).headers["Cache-Control"], path


def test_a_dump_of_the_database_shows_no_session_and_no_secret(client: Client) -> None:
    a_person("operator", email=OPERATOR)
    client.post("/sign-in/", {"email": OPERATOR})
    code = codes_for(OPERATOR)[-1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session UNION ALL SELECT data::text FROM mfa_authenticator")
        kept = "\n".join(row[0] for row in cursor.fetchall())
    assert "s1." in kept
    assert not [word for word in (OPERATOR, code, TOTP_SECRET) if word in kept]


def test_a_session_that_was_tampered_with_is_nobody(client: Client) -> None:
    signed_in(client)
    other = Client()
    signed_in(other)
    Session.objects.filter(pk=client.session.session_key).update(session_data="s1.k1.AAAA")
    assert status(client) == 302
    assert status(other) == 200


def test_sessions_that_ended_are_forgotten(client: Client, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)
    signed_in(client)
    time_machine.shift(timedelta(days=1))
    assert forget_ended(now=clock.now()) == 1
    assert not Session.objects.exists()


def test_visitors_get_no_cookie_and_leave_no_session(settings: Settings) -> None:
    settings.NEARER_DEMO = True
    client = Client()
    for path in ("/", "/help-now/", "/how-matching-works/", "/privacy/", "/find/", "/nowhere/", "/operator/", "/desk/"):
        client.get(path)
    assert not client.cookies
    assert not Session.objects.exists()
