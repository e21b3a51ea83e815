"""A home for the run and a database: `DATABASE_URL`, or an embedded server for this run alone."""

from __future__ import annotations

import atexit
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

import django
import pytest
from pytest_django.plugin import DjangoDbBlocker

# The tests' data may be lost with the machine; what is tested is the same server.
HASTY = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


def prepare() -> None:
    """Make a home and find a database; once per run, since xdist's workers inherit the environment."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "nearer.config.settings"
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    home = Path(mkdtemp(prefix="nearer-test-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    home.chmod(0o711)
    (home / "static").mkdir()
    os.environ["NEARER_HOME"] = str(home)
    if not os.environ.get("DATABASE_URL"):
        from nearer.config.embedded import Server  # not needed where a database was given

        server = Server(home, options=HASTY)
        server.start()
        atexit.register(server.stop)
        os.environ["DATABASE_URL"] = server.url


@pytest.fixture(scope="session")
def django_db_modify_db_settings_tox_suffix() -> None:
    """Name the test database by `PYTEST_DB`, before the fixture that adds each worker's suffix."""
    from django.conf import settings  # from the environment that `prepare` made

    name = os.environ.get("PYTEST_DB")
    if name:
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let tests with real transactions empty every table when they end, also the one that refuses it."""
    from django.db import connection  # from the environment that `prepare` made

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        for table in ("ledgerevent", "edition", "signoff"):
            cursor.execute(f"ALTER TABLE library_{table} DISABLE TRIGGER library_refuses_truncate")


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    """Begin each test with nobody's tries counted."""
    from django.core.cache import cache  # after `prepare`

    cache.clear()


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Begin each test in English: a page that was shown in Spanish leaves its language behind."""
    from django.utils import translation  # after `prepare`

    translation.activate("en")


def pytest_xdist_setupnodes() -> None:
    """Let each worker furnish itself: told the settings' name, pytest-django would set up without `furnish`."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def furnish() -> None:
    """Set Django up; pages are tested without collecting static files first, and a query for each row raises."""
    from django.conf import settings  # from the environment that `prepare` made

    settings.INSTALLED_APPS.append("zeal")
    settings.MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
    settings.ZEAL_ALLOWLIST = [
        {"model": "*", "field": "get()"},  # one row, read again once it is locked
        {"model": "wagtail*.*", "field": "*"},  # the editor's own pages
        {"model": "library.Article", "field": "_revisions"},  # and what they ask of an article
    ]
    # Tries are counted in the database, which some tests leave as it is; here each test counts its own.
    settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django.setup()


prepare()
furnish()
