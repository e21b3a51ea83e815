"""What the site asks of its database before it serves anybody."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nearer.config.embedded import Server
from nearer.config.failures import Exit, Failure

OLDEST = 15


def is_embedded() -> bool:
    """Tell whether the site uses this installation's own server."""
    host = settings.DATABASES["default"].get("HOST", "")
    return bool(host) and host == Server(settings.NEARER_HOME).place.socket_folder


def check_door() -> None:
    """Refuse a database that strangers could reach. Raises `Failure`."""
    connection.ensure_connection()
    info = connection.connection.info
    check_way(host=info.host, address=info.hostaddr, used_password=connection.connection.pgconn.used_password)


def check_way(*, host: str, address: str, used_password: bool) -> None:
    """Refuse a public address, and a server that let us in without a password.

    A socket in the file system is neither: the kernel says who is at the other end. Raises `Failure`.
    """
    if host.startswith("/"):
        return
    if not ipaddress.ip_address(address).is_private:
        raise Failure(
            "The database is reached over a public address and holds what people told in confidence: "
            "move it to a private network, and name its private address in DATABASE_URL.",
            Exit.SETTING,
        )
    if not used_password:
        raise Failure(
            "The database lets anybody in without a password: "
            "set one for its role, ask for it in pg_hba.conf (scram-sha-256), and write it into DATABASE_URL.",
            Exit.SETTING,
        )


def check_version() -> None:
    """Refuse a server that is too old, or that is no PostgreSQL."""
    connection.ensure_connection()
    major = connection.connection.info.server_version // 10_000
    if major < OLDEST:
        raise Failure(
            f"The database is PostgreSQL {major} and Nearer needs {OLDEST} or newer: upgrade it, "
            "or unset DATABASE_URL to use the embedded one.",
            Exit.DATABASE,
        )


def pending() -> list[str]:
    """Return the names of the migrations that this database still lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def check_up_to_date() -> None:
    """Refuse a database whose tables are not those of this version."""
    missing = pending()
    if missing:
        raise Failure(f"The database lacks {len(missing)} steps of this version: run `nearer migrate`.", Exit.DATABASE)


def is_empty() -> bool:
    """Tell whether the database has no table yet."""
    return not connection.introspection.table_names()
