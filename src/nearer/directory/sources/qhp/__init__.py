"""The directory that issuers of marketplace plans publish: index, plans and providers as JSON (45 CFR 156.221 and CMS).

Files are read from disk and never fetched. What CMS's text and its own samples write in several ways is read in all of
them; one person told in several entries becomes one therapist. A licence is in none of these files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from nearer.directory.records import Batch, Refused
from nearer.directory.sources.batches import Taken, in_batches
from nearer.directory.sources.faults import RowRefused, refused
from nearer.directory.sources.json_stream import items
from nearer.directory.sources.qhp import plans
from nearer.directory.sources.qhp.entries import Clock, text
from nearer.directory.sources.qhp.files import files_of
from nearer.directory.sources.qhp.people import Person
from nearer.directory.sources.qhp.providers import Providers
from nearer.directory.sources.seen import shelf

__all__ = ["read"]


def read(path: Path, *, today: date, as_of: date | None = None) -> Iterator[Batch]:
    """Yield the plans of an issuer, then its therapists.

    :param path: the folder, or the index file in it.
    :param as_of: the day on which the issuer said this; None: the day that each entry says.
    :raises NotThisKindOfFile: there are no such files.
    """
    clock = Clock(today, as_of)
    files = files_of(path)
    market = plans.Market(clock)
    for file in files.plans:
        yield from market.batches(items(file))
    if files.missing:
        yield Batch(read=0, refused=files.missing)
    with shelf() as space:
        people = Providers(space)
        yield from in_batches(_laid(files.providers, people))
        yield from (_told_again(batch) for batch in in_batches(_people(people, market, clock)))


def _laid(files: tuple[Path, ...], people: Providers) -> Iterator[Refused | None]:
    """Lay the therapists among the providers on the shelf; yield None for everybody, or why they are refused."""
    for file in files:
        for number, entry in enumerate(items(file), start=1):
            if isinstance(entry, Refused):
                yield entry
                continue
            try:
                people.lay(number, entry)
            except RowRefused as reason:
                yield refused(number, reason, text(entry))
            except RecursionError:
                yield refused(number, _("The entry is nested too deeply to be read."), "")
            else:
                yield None


def _people(people: Providers, market: plans.Market, clock: Clock) -> Iterator[Taken | Refused]:
    for number, entries in people.people():
        try:
            yield Person(number, entries, market, clock).taken()
        except RowRefused as reason:
            yield refused(number, reason, text(entries[0]))


def _told_again(batch: Batch) -> Batch:
    """Return the batch as one of rows that were counted when they were read."""
    return replace(batch, read=0)
