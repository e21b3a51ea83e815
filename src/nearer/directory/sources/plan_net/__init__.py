"""A payer's directory in the health world's own language: Da Vinci PDEX Plan-Net, FHIR R4.

A folder of resources, a Bundle, or NDJSON. What a therapist's record needs is spread over many resources in any order,
so they are first laid on a shelf on disk, then put together. A role without a practitioner tells of nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from nearer.directory.records import Batch, Refused
from nearer.directory.sources.batches import Taken, in_batches
from nearer.directory.sources.faults import NotThisKindOfFile, RowRefused, refused
from nearer.directory.sources.plan_net import payers, people
from nearer.directory.sources.plan_net.fhir import fault
from nearer.directory.sources.plan_net.files import Found, resources
from nearer.directory.sources.plan_net.shelves import Shelves
from nearer.directory.sources.seen import Seen, shelf

__all__ = ["read"]


def read(path: Path, *, today: date, as_of: date | None = None) -> Iterator[Batch]:
    """Yield the payers, networks and plans of a directory, then its therapists.

    :param as_of: the day on which the payer said this; None: the day on which each resource was last changed.
    :raises NotThisKindOfFile: there is no resource of Plan-Net in it.
    """
    with shelf() as space:
        shelves = Shelves(space, today=today, as_of=as_of)
        refusals = list(_laid(path, shelves))
        if not shelves.count:
            raise NotThisKindOfFile(_("{path} has no resources of a payer's directory (Plan-Net).").format(path=path))
        market = payers.Market(shelves)
        yield market.batch(shelves.count - shelves.practitioners, refusals)
        yield from in_batches(_people(shelves, market, Seen(space)))


def _laid(path: Path, shelves: Shelves) -> Iterator[Refused]:
    """Lay every resource on its shelf; yield those that can't be read."""
    for found in resources(path):
        if isinstance(found, Refused):
            yield found
        elif shelves.wants(found.type) and (wrong := fault(found.resource)):
            yield refused(found.number, wrong, found.content)
        else:
            shelves.lay(found)


def _people(shelves: Shelves, market: payers.Market, seen: Seen) -> Iterator[Taken | Refused | None]:
    for found in shelves.all("Practitioner"):
        try:
            yield _person(found, shelves, market, seen)
        except RowRefused as reason:
            yield refused(found.number, reason, found.content)


def _person(found: Found, shelves: Shelves, market: payers.Market, seen: Seen) -> Taken | None:
    taken = people.person(found, shelves, market)
    if taken is None or seen.again(taken.therapist.npi, found.number, taken.therapist):
        return None
    return taken
