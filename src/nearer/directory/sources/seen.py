"""Which keys a source has named already, on disk: a registry has more than fit in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b

from django.utils.translation import gettext as _

from nearer.directory.sources.faults import RowRefused


class Seen:
    """The first line of each NPI, and what it said."""

    def __init__(self, shelf: sqlite3.Connection) -> None:
        self._shelf = shelf
        shelf.execute("CREATE TABLE seen (npi TEXT PRIMARY KEY, line INTEGER, facts BLOB) WITHOUT ROWID")

    def again(self, npi: str, line: int, facts: object) -> bool:
        """Say whether the same facts stood on an earlier line; remember them if not.

        :raises RowRefused: an earlier line says other things of the same therapist.
        """
        digest = blake2b(repr(facts).encode(), digest_size=8).digest()
        found = self._shelf.execute("SELECT line, facts FROM seen WHERE npi = ?", (npi,)).fetchone()
        if found is None:
            self._shelf.execute("INSERT INTO seen VALUES (?, ?, ?)", (npi, line, digest))
            return False
        if found[1] == digest:
            return True
        sentence = _("NPI {npi} stands on line {line} already, with other facts. The first one counts.")
        raise RowRefused(sentence.format(npi=npi, line=found[0]))


@contextmanager
def shelf() -> Iterator[sqlite3.Connection]:
    """Lend a table space in a temporary file that is gone afterwards."""
    connection = sqlite3.connect("")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    try:
        yield connection
    finally:
        connection.close()
