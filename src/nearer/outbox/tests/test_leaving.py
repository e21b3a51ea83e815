"""A message exists exactly if what it tells of does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from nearer.outbox import api
from nearer.outbox.models import Message

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def leave(key: str = "k", due_at: datetime | None = None, calendar: str = "") -> None:
    api.leave(
        kind="code",
        key=key,
        to="alex@example.org",
        subject="Your code",
        body="It is 123456.",
        now=NOW,
        due_at=due_at,
        calendar=calendar,
        calendar_method="REQUEST" if calendar else "",
    )


def jobs() -> int:
    """Return how many jobs there are for the one message."""
    return ProcrastinateJob.objects.filter(args__message_id=Message.objects.get().pk).count()


@pytest.mark.django_db(transaction=True)
def test_a_message_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        leave()


@pytest.mark.django_db(transaction=True)
def test_a_message_and_its_job_vanish_with_the_transaction() -> None:
    before = ProcrastinateJob.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        leave()
        assert jobs() == 1
        raise ZeroDivisionError
    assert not Message.objects.exists()
    assert ProcrastinateJob.objects.count() == before


@pytest.mark.django_db
def test_the_same_key_twice_is_one_message_and_one_job() -> None:
    leave()
    leave()
    assert Message.objects.count() == 1
    assert jobs() == 1


@pytest.mark.django_db
def test_a_message_for_later_is_scheduled_for_then() -> None:
    later = datetime(2026, 12, 1, 9, tzinfo=UTC)
    leave(due_at=later)
    job = ProcrastinateJob.objects.get(args__message_id=Message.objects.get().pk)
    assert (job.task_name, job.scheduled_at) == ("outbox.deliver", later)


@pytest.mark.django_db
def test_nobody_finds_the_address_or_the_text_in_the_table() -> None:
    leave(calendar="BEGIN:VCALENDAR")
    row = Message.objects.values().get()
    assert not [value for value in row.values() if "alex" in str(value) or "123456" in str(value)]
    assert "BEGIN" not in row["calendar_sealed"]


@pytest.mark.django_db
def test_the_demonstration_reads_messages_newest_first() -> None:
    leave("first")
    leave("second")
    newest, _ = api.sent_messages(10)
    assert (newest.to, newest.body, newest.sent_at) == ("alex@example.org", "It is 123456.", None)
    assert len(api.sent_messages(1)) == 1


@pytest.mark.django_db
def test_a_message_that_has_not_gone_out_can_be_taken_back() -> None:
    leave("waiting")
    leave("gone")
    Message.objects.filter(key="gone").update(sent_at=NOW)
    for key in ("waiting", "gone", "never was"):
        api.withdraw(key=key)
    assert list(Message.objects.values_list("key", flat=True)) == ["gone"]
