"""A message goes out once, and a mail server that is down is tried again."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, connections, transaction
from procrastinate import RetryDecision

from nearer.outbox import rules, tasks
from nearer.outbox.api import withdraw
from nearer.outbox.models import Message
from nearer.outbox.operations import leaving, sending
from nearer.outbox.tests.test_leaving import NOW, leave

pytestmark = pytest.mark.django_db


def only() -> Message:
    return Message.objects.get()


def refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def send(*_: object) -> int:
        raise SMTPRecipientsRefused({"alex@example.org": (550, b"no such person alex@example.org")})

    monkeypatch.setattr(EmailBackend, "send_messages", send)


def test_a_message_is_sent_once() -> None:
    leave()
    sending.send(message_id=only().pk, now=NOW)
    sending.send(message_id=only().pk, now=NOW)
    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [
        (["alex@example.org"], "Your code", "It is 123456.")
    ]
    assert only().sent_at == NOW


def test_a_calendar_travels_beside_the_text_with_its_method() -> None:
    leave(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    sending.send(message_id=only().pk, now=NOW)
    parts = [part for part in mail.outbox[0].message().walk() if part.get_content_type() == "text/calendar"]
    assert [(part.get_param("method"), part.get_content_charset()) for part in parts] == [("REQUEST", "utf-8")]
    assert "BEGIN:VCALENDAR" in mail.outbox[0].message().as_string()


def test_a_failure_is_kept_without_the_address_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    leave()
    refuse(monkeypatch)
    with pytest.raises(sending.NotSent) as failure, time_machine.travel(NOW):
        tasks.deliver(message_id=only().pk)
    assert failure.value.again == timedelta(minutes=1)
    assert only().last_error == "SMTPRecipientsRefused"
    assert "alex" not in f"{failure.value} {caplog.text}"


def test_after_the_last_wait_a_message_has_failed_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    leave()
    refuse(monkeypatch)
    for _ in range(len(rules.WAITS) + 1):
        with pytest.raises(sending.NotSent) as failure:
            sending.send(message_id=only().pk, now=(last := only().due_at))
    assert failure.value.again is None
    assert only().failed_at == last
    sending.send(message_id=only().pk, now=last + timedelta(days=1))
    assert only().attempts == len(rules.WAITS) + 1


def test_the_worker_waits_as_long_as_the_message_says() -> None:
    strategy = tasks.AsTheMessageSays()
    again = strategy.get_retry_decision(exception=sending.NotSent(1, "x", timedelta(minutes=5)), job=None)  # type: ignore[arg-type]
    assert isinstance(again, RetryDecision)
    assert again.retry_at is not None
    never = strategy.get_retry_decision(exception=sending.NotSent(1, "x", None), job=None)  # type: ignore[arg-type]
    assert never is None


def test_what_is_due_is_posted_and_what_is_not_waits() -> None:
    leave("now")
    leave("later", due_at=NOW + timedelta(days=1))
    with time_machine.travel(NOW, tick=False):
        tasks.post(timestamp=0)
    assert list(Message.objects.filter(sent_at__isnull=True).values_list("key", flat=True)) == ["later"]
    assert len(mail.outbox) == 1


def test_what_would_come_too_late_is_not_sent() -> None:
    leave()
    Message.objects.update(until=NOW + timedelta(hours=1))
    assert sending.post(now=NOW + timedelta(hours=1)) == 0
    sending.send(message_id=only().pk, now=NOW + timedelta(hours=1))
    assert (mail.outbox, only().last_error, only().failed_at) == ([], "TooLate", NOW + timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
def test_a_message_that_another_worker_is_sending_is_left_alone() -> None:
    with transaction.atomic():
        leave()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM outbox_message FOR UPDATE")
            sending.send(message_id=only().pk, now=NOW)
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert mail.outbox == []
    assert only().attempts == 0
    assert connection.in_atomic_block is False


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_and_nobody_waits_while_a_mail_server_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        leave()
    seen = []

    def slow(*_: object) -> int:
        seen.append(connection.in_atomic_block)
        withdraw(key="k")
        return 1

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    sending.send(message_id=only().pk, now=NOW)
    assert seen == [False]
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_taking_a_message_back_never_waits_for_a_worker() -> None:
    with transaction.atomic():
        leave()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor, connection.cursor() as mine:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM outbox_message FOR UPDATE")
            mine.execute("SET lock_timeout = '1ms'")
            withdraw(key="k")
            mine.execute("RESET lock_timeout")
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert only().key == "k"


def test_what_one_worker_has_taken_another_leaves_until_the_lease_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    leave()

    def die(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(EmailBackend, "send_messages", die)
        sending.send(message_id=only().pk, now=NOW)
    sending.send(message_id=only().pk, now=NOW + rules.LEASE / 2)
    assert (mail.outbox, sending.post(now=NOW + rules.LEASE / 2)) == ([], 0)
    assert sending.post(now=NOW + rules.LEASE) == 1
    sending.send(message_id=only().pk, now=NOW + 3 * rules.LEASE)
    assert len(mail.outbox) == 1


def test_a_message_that_kills_every_worker_is_given_up() -> None:
    leave()
    Message.objects.update(attempts=len(rules.WAITS) + 1)
    with pytest.raises(sending.NotSent):
        sending.send(message_id=only().pk, now=NOW)
    assert (mail.outbox, only().failed_at, only().last_error) == ([], NOW, "WorkerDied")


def test_a_message_is_not_sent_before_it_is_due() -> None:
    leave(due_at=NOW + timedelta(days=1))
    sending.send(message_id=only().pk, now=NOW)
    assert mail.outbox == []


def test_what_was_sent_a_month_ago_is_forgotten_and_what_waits_is_not() -> None:
    leave("sent")
    Message.objects.update(kind="confirmed")
    sending.send(message_id=only().pk, now=NOW)
    leave("waiting")
    assert leaving.forget(now=NOW + rules.KEPT) == 0
    assert leaving.forget(now=NOW + rules.KEPT + timedelta(seconds=1)) == 1
    assert only().key == "waiting"


def test_a_code_that_was_sent_is_forgotten_after_a_day() -> None:
    leave()
    sending.send(message_id=only().pk, now=NOW)
    assert leaving.forget(now=NOW + rules.KEPT_SHORT) == 0
    assert leaving.forget(now=NOW + rules.KEPT_SHORT + timedelta(seconds=1)) == 1
