"""What was done stays written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from nearer.audit import api
from nearer.audit.models import Event

pytestmark = pytest.mark.django_db

REWRITES = {
    "change": "UPDATE audit_event SET actor = 'nobody'",
    "delete": "DELETE FROM audit_event",
    "empty": "TRUNCATE audit_event",
}


@pytest.fixture(autouse=True)
def _all_triggers() -> None:
    """Other tests empty the tables when they end, so the test database lets that one pass; here nothing does."""
    switch("ENABLE")


def switch(which: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE audit_event {which} TRIGGER USER")


def run(statement: str) -> None:
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(statement)


def test_an_act_is_written_with_the_databases_time() -> None:
    api.record(actor="visitor", action="held", subject="appointment:7", detail={"service": "couples"})
    event = Event.objects.get()
    assert (event.actor, event.action, event.subject) == ("visitor", "held", "appointment:7")
    assert event.detail == {"service": "couples"}
    assert abs(timezone.now() - event.at) < timedelta(minutes=5)


@pytest.mark.parametrize("rewrite", REWRITES)
def test_the_database_refuses_to(rewrite: str) -> None:
    api.record(actor="system", action="tried", subject="test:1")
    with pytest.raises(ProgrammingError, match="append-only"):
        run(REWRITES[rewrite])
    assert Event.objects.get().actor == "system"


@pytest.mark.parametrize("rewrite", REWRITES)
def test_control_without_the_triggers_it_would_have(rewrite: str) -> None:
    api.record(actor="system", action="tried", subject="test:1")
    switch("DISABLE")
    run(REWRITES[rewrite])
    assert not Event.objects.filter(actor="system").exists()
