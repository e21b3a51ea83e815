"""Making the data directory: whole, or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from nearer.config.embedded.account import as_account
from nearer.config.embedded.binaries import MAJOR
from nearer.config.embedded.place import DATABASE, ROLE, Place
from nearer.config.failures import Exit, Failure

# Logs say what went wrong and never with which values: those may be about a person.
SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = 128MB
work_mem = 16MB
max_wal_size = 256MB
timezone = 'UTC'
log_timezone = 'UTC'
logging_collector = on
log_filename = 'postgres.%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
log_min_error_statement = panic
"""

# The superuser has no way in over a connection; the site's own role owns its database and no more.
DOOR = f"local all {ROLE} scram-sha-256\n"


def make(place: Place, programs: Path) -> None:
    """Make the data directory if there is none yet."""
    if place.exists:
        _check_version(place)
        return
    draft = place.base / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    place.private(draft)
    _run(place, [programs / "initdb", "-D", draft, "-U", "postgres", "-A", "reject", *_words()])
    with (draft / "postgresql.conf").open("a") as file:
        file.write(SETTINGS)
    (draft / "pg_hba.conf").write_text(DOOR)
    _run(place, [programs / "postgres", "--single", "-D", draft, "postgres"], _first_statements(place.password))
    draft.rename(place.data)


def _words() -> list[str]:
    """Return initdb's options for text: UTF-8 with the same order on every system."""
    return ["-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums"]


def _first_statements(password: str) -> str:
    """Return the statements of the first run; the password holds no quote."""
    return (
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'\n"
        f"CREATE DATABASE {DATABASE} OWNER {ROLE}\n"
        f"GRANT pg_monitor TO {ROLE}\n"
    )


def _run(place: Place, command: list[str | Path], text: str | None = None) -> None:
    done = subprocess.run(  # noqa: S603
        command,
        input=text,
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={**os.environ, "LC_ALL": "C"},
        **as_account(place.account),
    )
    if done.returncode:
        raise failure_of(place, done.stderr)


def failure_of(place: Place, report: str) -> Failure:
    """Return the sentence for what PostgreSQL said when it would not start."""
    if "No space left on device" in report:
        return Failure(
            f"The disk that holds {place.base} is full: "
            "free some space, or set NEARER_HOME to a folder on another disk.",
            Exit.DISK_FULL,
        )
    last = next((line for line in reversed(report.splitlines()) if line.strip()), "it gave no reason")
    return Failure(
        f"The embedded PostgreSQL did not start ({last.strip()}): "
        f"{place.base}/start.log and {place.data}/log say more; `nearer doctor` checks the rest.",
        Exit.DATABASE,
    )


def _check_version(place: Place) -> None:
    found = (place.data / "PG_VERSION").read_text().strip()
    if found != str(MAJOR):
        raise Failure(
            f"The data in {place.data} was written by PostgreSQL {found} and this version brings {MAJOR}: "
            "upgrade it with pg_upgrade, or set NEARER_HOME to a new folder.",
            Exit.DATABASE,
        )
