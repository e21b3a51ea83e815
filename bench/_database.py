"""A database of its own for a benchmark that writes: made on this installation's server, and dropped again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def database_of_its_own() -> Iterator[str]:
    """Connect to an empty, migrated database for as long as the block lasts; return its name."""
    ours = connection.settings_dict["NAME"]
    connection.settings_dict.setdefault("TEST", {})["NAME"] = "nearer_bench"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield name
    finally:
        connection.creation.destroy_test_db(ours, verbosity=0)
