"""Where the tests' database comes from."""

from __future__ import annotations

import os
from tempfile import mkdtemp

import pytest
from pytest_django.plugin import DjangoDbBlocker

os.environ.setdefault("NEARER_HOME", mkdtemp(prefix="nearer-test-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nearer.config.settings")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:  # noqa: ARG001
    """Let the tests' own emptying of tables pass the audit's guard; the audit's tests put it back for themselves."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_refuses_truncate")
