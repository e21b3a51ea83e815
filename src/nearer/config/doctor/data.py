"""What the database is like."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection

from nearer.config import database
from nearer.config.doctor.findings import Finding, count, problem, warning, well
from nearer.config.failures import Failure
from nearer.config.sentences import reason_in
from nearer.foundation import clock

SKEW = timedelta(seconds=5)


def reachable() -> Finding:
    try:
        database.check_version()
    except Failure as failure:
        return problem("database", str(failure), "")
    except OperationalError as error:
        reason = reason_in(error)
        return problem("database", f"The database can't be reached ({reason}).", "Start it, or correct DATABASE_URL.")
    number = connection.connection.info.server_version
    whose = "the embedded one" if database.is_embedded() else "the one of DATABASE_URL"
    return well("database", f"The database is {whose}, PostgreSQL {number // 10_000}.{number % 10_000}.")


def door() -> Finding:
    try:
        database.check_door()
    except Failure as failure:
        return problem("door", str(failure), "")
    return well("door", "The database is not reached over a public address, nor without a password.")


def migrations() -> Finding:
    missing = database.pending()
    if missing:
        sentence = f"The database lacks {count(len(missing), 'step')} of this version."
        return problem("migrations", sentence, "Run: nearer migrate.")
    return well("migrations", "The database is that of this version.")


def extensions() -> Finding:
    found = [str(row[0]) for row in _rows("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1")]
    return well("extensions", f"Nearer needs none; found: {', '.join(found) or 'none'}.")


def clocks() -> Finding:
    before = clock.now()
    theirs = _rows("SELECT clock_timestamp()")[0][0]
    apart = max(before - theirs, theirs - clock.now(), timedelta(0))
    if apart > SKEW:
        return problem(
            "clocks",
            f"This machine's clock and the database's are {apart.total_seconds():.0f} s apart.",
            "Have both set their clocks over the network (chrony or systemd-timesyncd).",
        )
    return well("clocks", "This machine's clock and the database's agree.")


def connections() -> Finding:
    limit, used = _rows("SELECT current_setting('max_connections')::int, (SELECT count(*) FROM pg_stat_activity)")[0]
    if used > limit * 0.8:
        return warning(
            "connections", f"{used} of {limit} connections are in use.", "Raise max_connections, or run fewer workers."
        )
    return well("connections", f"{used} of {limit} connections are in use.")


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
