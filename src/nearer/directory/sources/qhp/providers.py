"""Therapists among the providers, laid on disk until every entry about one person can be put together."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from nearer.directory.sources import npi as npis
from nearer.directory.sources import taxonomy
from nearer.directory.sources.faults import RowRefused
from nearer.directory.sources.qhp.entries import Entry, entry, many, word


class Providers:
    """The entries of therapists, by NPI."""

    def __init__(self, space: sqlite3.Connection) -> None:
        self._space = space
        space.execute("CREATE TABLE provider (npi TEXT, number INTEGER, body TEXT)")

    def lay(self, number: int, value: object) -> None:
        """Lay down a therapist's entry; leave others aside.

        :raises RowRefused: it is a therapist's, without a true NPI.
        """
        told = entry(value)
        if word(told, "type").upper() != "INDIVIDUAL" or not any(map(taxonomy.profession, _specialities(told))):
            return
        npi = word(told, "npi")
        if fault := npis.fault(npi):
            raise RowRefused(fault)
        self._space.execute("INSERT INTO provider VALUES (?, ?, ?)", (npi, number, json.dumps(told)))

    def people(self) -> Iterator[tuple[int, list[Entry]]]:
        """Yield each therapist's entries, with the place of the first."""
        self._space.execute("CREATE INDEX by_npi ON provider (npi, number)")
        rows = self._space.execute("SELECT npi, number, body FROM provider ORDER BY npi, number")
        for _npi, same in groupby(rows, key=itemgetter(0)):
            told = [(number, json.loads(body)) for _each, number, body in same]
            yield told[0][0], [body for _number, body in told]


def _specialities(told: Entry) -> Iterator[str]:
    """Yield what someone does: CMS's text says `speciality`, its sample `specialty`."""
    for name in ("speciality", "specialty"):
        yield from (str(each) for each in many(told, name))
