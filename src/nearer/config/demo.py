"""The demonstration network: what is in the database, and when it has to be built again."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from nearer.accounts import api as accounts
from nearer.config import database
from nearer.config.failures import Exit, Failure
from nearer.directory import api as directory
from nearer.portal import api as portal

SEED = 7
# Facts are believed for 90 days after their last check, and a demonstration should show none that ran out.
FRESH_FOR = timedelta(days=30)
#: Who may sign in to a demonstration. No mail is ever sent to these names: they belong to nobody.
OPERATOR, THERAPIST = "operator@nearer.example", "therapist@nearer.example"


def is_built(therapists: int, *, now: datetime) -> bool:
    """Tell whether at least so many therapists are there, with facts that still hold."""
    note = _note()
    if not note.exists() or len(directory.versions()) < therapists:
        return False
    built_at = datetime.fromisoformat(json.loads(note.read_text())["built_at"])
    return now - built_at < FRESH_FOR


def remember(*, now: datetime) -> None:
    """Note that the network was built at this moment."""
    _note().write_text(json.dumps({"built_at": now.isoformat()}))


def welcome(*, now: datetime, site: str) -> None:
    """Let the demonstration's operator and one of its therapists sign in.

    Their codes are read at `/demo/outbox`; whoever signs in first sets up a second factor of their own.
    """
    if not settings.NEARER_DEMO or accounts.user_id_of(OPERATOR) is not None:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(npi) FROM directory_therapist WHERE is_demonstration AND accepting")
        (npi,) = cursor.fetchone()
    portal.invite(email=OPERATOR, kinds=["operator"], npi="", by=None, now=now, site=site)
    portal.invite(email=THERAPIST, kinds=["therapist"], npi=npi, by=None, now=now, site=site)


def check_only_demonstration() -> None:
    """Refuse a database with therapists who are real.

    Raises `Failure`: demonstration data never stands beside theirs.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM directory_therapist WHERE NOT is_demonstration)")
        (found,) = cursor.fetchone()
    if found:
        raise Failure(
            "This database holds real therapists, and the demonstration is not for them: "
            "run `nearer serve`, or set NEARER_HOME to a new folder.",
            Exit.SETTING,
        )


def begin_afresh() -> None:
    """Throw the demonstration's database away and make an empty one.

    Raises `Failure` when the database is not this installation's own.
    """
    if not database.is_embedded():
        raise Failure("--fresh empties the embedded database alone: unset DATABASE_URL.", Exit.USAGE)
    if not database.is_empty():
        check_only_demonstration()
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    connection.close()
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - as the framework's own test runner does
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    _note().unlink(missing_ok=True)


def _note() -> Path:
    return Path(settings.NEARER_HOME) / "demo.json"
