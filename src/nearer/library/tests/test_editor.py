"""Who gets into the editor, and under what policy."""

from __future__ import annotations

import pytest
from django.test import Client

from nearer.accounts.tests.builders import signed_in
from nearer.library.tests.texts import an_article

pytestmark = pytest.mark.django_db

PAGES = ("/editor/", "/editor/pages/", "/editor/api/main/pages/", "/editor/snippets/library/source/")


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_is_sent_to_the_sign_in_and_gets_no_cookie(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]
    assert not answer.cookies


@pytest.mark.parametrize("kind", ["therapist", "operator"])
def test_other_roles_have_no_business_there(client: Client, kind: str) -> None:
    signed_in(client, kinds=(kind,))
    assert client.get("/editor/").status_code == 403


@pytest.mark.parametrize("name", ["login", "password_reset", "account", "logout"])
def test_the_editors_own_ways_of_signing_in_lead_to_ours(client: Client, name: str) -> None:
    answer = client.get(f"/editor/{name}/")
    assert answer.status_code == 302
    assert "/editor/" not in answer["Location"]


def test_a_picture_of_forty_megabytes_is_refused_with_a_sentence(client: Client) -> None:
    signed_in(client, kinds=("author",))
    article = an_article()
    answer = client.post(f"/editor/pages/{article.pk}/edit/", {"picture": "x"}, CONTENT_LENGTH="40000000")
    assert answer.status_code == 413
    assert "too large for an article" in answer.content.decode()


def test_nothing_comes_from_elsewhere_in_the_editor_and_visitors_pages_keep_their_policy(client: Client) -> None:
    signed_in(client, kinds=("editor",))
    editor, front = client.get("/editor/"), Client().get("/")
    policy = editor["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "unsafe-inline" in policy
    assert "unsafe-inline" not in front["Content-Security-Policy"]
    assert not front.cookies
