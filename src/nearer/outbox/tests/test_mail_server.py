"""Messages go through a real mail server: sealed, once, and again where it failed half-way."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from nearer.outbox.api import Letter, MailServerRefused, leave_many, try_mail_server
from nearer.outbox.models import Message
from nearer.outbox.operations import postmen, sending
from nearer.outbox.rules import LEASE, WAITS
from nearer.outbox.tests.server import PASSWORD, USER, Mailbox, certificate, mail_server
from nearer.outbox.tests.test_leaving import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def box(settings: Settings) -> Iterator[Mailbox]:
    """Serve plainly, and send there."""
    found = Mailbox()
    with mail_server(found) as port:
        use(settings, port)
        yield found
        postmen.dismiss_all()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    return certificate(tmp_path_factory.mktemp("authority"))


def use(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = postmen.SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "Appointments <appointments@example.org>"


def letters(count: int) -> None:
    with transaction.atomic():
        leave_many(
            [
                Letter(
                    kind="reminder",
                    key=f"k{number}",
                    to=f"person{number}@example.org",
                    subject="A reminder",
                    body="Überraschung: a time is coming.",
                    due_at=NOW,
                    stop="https://example.org/stop/me/",
                )
                for number in range(count)
            ],
            now=NOW,
        )


def unsent() -> int:
    return Message.objects.filter(sent_at__isnull=True).count()


def test_many_go_out_over_one_connection_once_each(box: Mailbox) -> None:
    letters(45)
    while sending.post(now=NOW):
        pass
    assert (len(box.accepted), len(set(box.ids())), unsent()) == (45, 45, 0)
    assert sending.post(now=NOW + LEASE) == 0
    assert len(box.accepted) == 45


def test_what_arrives_is_what_was_written_with_one_click_to_end_it(box: Mailbox) -> None:
    letters(1)
    sending.post(now=NOW)
    (mail,) = box.accepted
    assert mail["Subject"] == "A reminder"
    assert mail["To"] == "person0@example.org"
    assert mail["From"] == "Appointments <appointments@example.org>"
    assert mail["List-Unsubscribe"] == "<https://example.org/stop/me/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"] == f"<{Message.objects.get().pk}@example.org>"
    assert mail.get_content().strip() == "Überraschung: a time is coming."


@pytest.mark.parametrize("answer", ["451 try later", "hang up", "554 no"])
def test_a_server_that_fails_half_way_gets_the_message_again(box: Mailbox, answer: str) -> None:
    box.answers = [answer]
    letters(2)
    sending.post(now=NOW)
    failed = Message.objects.get(sent_at__isnull=True)
    assert len(box.accepted) == 1
    assert failed.last_error in {"SMTPDataError", "SMTPServerDisconnected"}
    assert failed.due_at == NOW + WAITS[0]
    sending.post(now=NOW + WAITS[0])
    assert (len(set(box.ids())), len(box.ids()), unsent()) == (2, 2, 0)


def test_no_mail_server_means_no_message_loses_its_tries(settings: Settings, box: Mailbox) -> None:
    use(settings, 9)  # the discard port: nobody listens
    letters(5)
    assert sending.post(now=NOW) == 0
    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    assert Message.objects.filter(due_at=NOW + WAITS[0]).count() == 5


def test_over_starttls_signed_in_and_sealed(
    settings: Settings, authority: tuple[Path, ssl.SSLContext], box: Mailbox
) -> None:
    trusted, context = authority
    sealed = Mailbox()
    with mail_server(sealed, authority=context) as port:
        use(settings, port)
        settings.EMAIL_USE_TLS, settings.NEARER_MAIL_AUTHORITY = True, str(trusted)
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = USER, PASSWORD
        letters(3)
        sending.post(now=NOW)
        try_mail_server(timeout=5)
        postmen.dismiss_all()
    assert (sealed.sealed, unsent(), box.accepted) == ([True] * 3, 0, [])


def test_a_server_that_can_not_show_who_it_is_gets_nothing(
    settings: Settings, authority: tuple[Path, ssl.SSLContext]
) -> None:
    box = Mailbox()
    with mail_server(box, authority=authority[1]) as port:
        use(settings, port)
        settings.EMAIL_USE_TLS = True
        letters(1)
        assert sending.post(now=NOW) == 0
        with pytest.raises(MailServerRefused, match="certificate"):
            try_mail_server(timeout=5)
        postmen.dismiss_all()
    assert box.accepted == []
    assert Message.objects.get().last_error == "NoMailServer"


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_a_server_that_does_not_know_us_is_a_sentence(
    settings: Settings, authority: tuple[Path, ssl.SSLContext], secret: str
) -> None:
    with mail_server(Mailbox(), authority=authority[1]) as port:
        use(settings, port)
        settings.EMAIL_USE_TLS, settings.NEARER_MAIL_AUTHORITY = True, str(authority[0])
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = USER, secret or "x"
        with pytest.raises(MailServerRefused):
            try_mail_server(timeout=5)


def test_a_postman_that_was_killed_is_followed_by_another(box: Mailbox) -> None:
    letters(1)
    sending.post(now=NOW)
    process = postmen._idle[-1]._process
    assert process is not None
    process.kill()
    process.wait()
    Message.objects.update(sent_at=None, key="again", due_at=NOW)
    assert sending.post(now=NOW) == 0
    assert Message.objects.get().last_error == "PostmanDied"
    sending.post(now=NOW + timedelta(minutes=5))
    assert unsent() == 0
