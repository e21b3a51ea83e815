"""No page, timing or mail tells whether an address is known."""

from __future__ import annotations

import re
import time
from statistics import median

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from nearer.accounts.models import User
from nearer.accounts.tests.builders import a_person
from nearer.accounts.tests.signing import codes_for, work
from nearer.outbox.models import Message

pytestmark = pytest.mark.django_db

DATABASE_CACHE = "django.core.cache.backends.db.DatabaseCache"
KNOWN, UNKNOWN, GONE = "ada@staff.example.org", "eve@staff.example.org", "ida@staff.example.org"


@pytest.fixture(autouse=True)
def _somebody() -> None:
    a_person("operator", email=KNOWN)
    User.objects.filter(pk=a_person("operator", email=GONE)).update(is_active=False)


def asked(email: str) -> tuple[list[tuple[str, str]], list[str], bytes, list[str], list[str]]:
    """Return the headers, statements, page and kinds of job that asking for a code leads to, the address left out."""
    client = Client()
    with CaptureQueriesContext(connection) as statements:
        answer = client.post("/sign-in/", {"email": email})
    page = client.get("/sign-in/code/").content
    wrong = client.post("/sign-in/code/", {"code": "00000000"}).content
    return (
        sorted((name, value) for name, value in answer.headers.items() if name != "Expires"),
        [re.sub(r"'[^']*'|\d+", "?", each["sql"]) for each in statements],
        re.sub(rb'value="\w{64}"|\w+@staff', b"", page + wrong),
        list(answer.cookies),
        list(ProcrastinateJob.objects.order_by("-id").values_list("task_name", flat=True)[:1]),
    )


@pytest.mark.parametrize("email", [UNKNOWN, GONE])
def test_an_address_that_may_not_sign_in_is_answered_as_any_other(email: str) -> None:
    assert asked(email) == asked(KNOWN)


def test_only_who_may_sign_in_is_sent_a_code() -> None:
    for email in (KNOWN, UNKNOWN, GONE):
        Client().post("/sign-in/", {"email": email})
    assert len(codes_for(KNOWN)) == 1
    assert not codes_for(UNKNOWN)
    assert not codes_for(GONE)


def test_the_job_that_sends_a_code_shows_neither_address_nor_code() -> None:
    Client().post("/sign-in/", {"email": KNOWN})
    kept = str(ProcrastinateJob.objects.latest("id").args)
    work()
    assert "ada" not in kept
    assert re.findall(r"\b\d{8}\b", Message.objects.get(kind="sign-in-code").body)[0] not in kept


def test_knowing_an_address_takes_no_longer_than_not_knowing_it() -> None:
    def seconds(email: str) -> float:
        cache.clear()
        client, began = Client(), time.perf_counter()
        client.post("/sign-in/", {"email": email})
        return time.perf_counter() - began

    pairs = [(seconds(KNOWN), seconds(UNKNOWN)) for _ in range(40)]
    difference = median(known for known, _ in pairs) - median(unknown for _, unknown in pairs)
    assert abs(difference) < 0.010


def test_asking_again_and_again_for_one_address_is_stopped_for_everybody_alike() -> None:
    for email in (KNOWN, UNKNOWN):
        pages = [Client().post("/sign-in/", {"email": email}) for _ in range(4)]
        assert [page.status_code for page in pages] == [302, 302, 302, 200]
        assert "too many tries" in pages[-1].content.decode()
    assert len(codes_for(KNOWN)) == 3


def test_tries_are_counted_in_the_database_for_every_process_and_show_no_address(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": DATABASE_CACHE, "LOCATION": "accounts_cache"}}
    for _ in range(3):
        assert Client().post("/sign-in/", {"email": KNOWN}).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key || value, ' ') FROM accounts_cache")
        (kept,) = cursor.fetchone()
    assert "request_login_code" in kept
    assert KNOWN not in kept
    assert Client().post("/sign-in/", {"email": KNOWN}).status_code == 200


def test_there_is_no_way_to_sign_up() -> None:
    client = Client()
    for path in ("/sign-up/", "/accounts/signup/", "/signup/", "/account/signup/", "/admin/", "/accounts/login/"):
        assert client.get(path).status_code == 404
    assert User.objects.count() == 2
