"""The guarantees can be taken away and put back."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db(transaction=True)
def test_every_migration_of_the_guarantees_can_be_undone_and_done_again() -> None:
    before = guarantees()
    try:
        call_command("migrate", "scheduling", "0001", verbosity=0)
        undone = before - guarantees()
        assert {("a_therapist_is_in_one_place_at_a_time",), ("an_appointment_is_in_a_diary",)} < undone
    finally:
        call_command("migrate", verbosity=0)
    assert guarantees() == before


def guarantees() -> set[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conname FROM pg_constraint WHERE conrelid::regclass::text LIKE 'scheduling_%'
               UNION SELECT tgname FROM pg_trigger WHERE tgname LIKE '%diary%'
               UNION SELECT proname FROM pg_proc WHERE proname LIKE 'scheduling_%'"""
        )
        return set(cursor.fetchall())
