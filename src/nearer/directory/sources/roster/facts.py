"""Licences and contracts as a roster writes them, each in one line of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.text import slugify
from django.utils.translation import gettext as _

from nearer.directory import vocabulary
from nearer.directory.records import ContractRecord, LicenceRecord
from nearer.directory.sources import places, taxonomy, words
from nearer.directory.sources.faults import RowRefused
from nearer.directory.sources.provenance import provenance
from nearer.directory.sources.roster.cells import parts

SOURCE = "roster"
STATUSES = ("active", "expired", "suspended", "unverified")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}")
_PERIOD = re.compile(r"(?P<start>[\d/-]*)\.\.(?P<end>[\d/-]*)")


def verified_on(cell: str, today: date) -> date:
    """Return the day on which a row was checked; today for an empty cell.

    What was checked today by an eastern clock may be checked tomorrow by the westernmost one, and counts as today.

    :raises RowRefused: it is no day, or one to come.
    """
    told = words.day(cell, "verified_on") or today
    if told > today + timedelta(days=1):
        raise RowRefused(_("verified_on is a day to come: {day}.").format(day=cell))
    return min(told, today)


def licences(cell: str, npi: str, verified_on: date) -> tuple[LicenceRecord, ...]:
    """Return the licences in a cell like "MA LICSW 123456 2027-06-30; NH LICSW 7788 expired".

    :raises RowRefused: one lacks its state, its title or its number, or ends on a day that is none.
    """
    found = (_licence(part, npi, verified_on) for part in parts(cell))
    return tuple({(one.jurisdiction, one.kind, one.number): one for one in found}.values())


def _licence(part: str, npi: str, verified_on: date) -> LicenceRecord:
    told = part.replace(",", " ").split()
    jurisdiction = places.jurisdiction(told[0])
    if jurisdiction is None:
        raise RowRefused(_("The licence “{part}” is without a state at its start.").format(part=part[:60]))
    kind, rest = _kind(told[1:], part)
    ends_on = words.day(rest.pop(), "licences") if rest and _DAY.fullmatch(rest[-1]) else None
    status = rest.pop().casefold() if rest and rest[-1].casefold() in STATUSES else "active"
    if ends_on is None and rest and _DAY.fullmatch(rest[-1]):
        ends_on = words.day(rest.pop(), "licences")
    number = " ".join(rest)[:60]
    if not number:
        raise RowRefused(_("The licence “{part}” is without its number.").format(part=part[:60]))
    if ends_on is not None and ends_on < verified_on and status == "active":
        status = "expired"
    told_on = min(verified_on, ends_on or verified_on)
    return LicenceRecord(
        jurisdiction,
        kind,
        number,
        status,
        provenance("licence", source=SOURCE, source_id=npi, verified_on=told_on, until=ends_on),
    )


def _kind(told: Sequence[str], part: str) -> tuple[str, list[str]]:
    """Return the kind of licence that the first words name (a code, a title, or a name), and the words after them."""
    named = {str(name).casefold(): code for code, name in vocabulary.LICENCES.items()}
    for count in range(min(5, len(told)), 0, -1):
        text = " ".join(told[:count])
        kind = text.casefold() if text.casefold() in vocabulary.LICENCES else named.get(text.casefold())
        if kind := kind or taxonomy.title(text):
            return kind, list(told[count:])
    known = ", ".join(vocabulary.LICENCES)
    raise RowRefused(
        _("The licence “{part}” is without a title we know, such as {known}.").format(part=part[:60], known=known)
    )


def contracts(cell: str, states: Sequence[str], npi: str, verified_on: date) -> tuple[ContractRecord, ...]:
    """Return the contracts in a cell like "Harbor Mutual/Open Choice MA NH 2024-01-01..2026-12-31".

    :param states: where the therapist is licensed: what a contract without states is for.
    :raises RowRefused: one has no payer or network, ends before it begins, or is for no state.
    """
    found = (one for part in parts(cell) for one in _contracts(part, states, npi, verified_on))
    return tuple({(one.payer, one.network, one.jurisdiction, one.starts_on): one for one in found}.values())


def _contracts(part: str, states: Sequence[str], npi: str, verified_on: date) -> Iterator[ContractRecord]:
    told = part.split()
    period = _PERIOD.fullmatch(told[-1])
    starts_on = words.day(period["start"], "networks") if period else None
    ends_on = words.day(period["end"], "networks") if period else None
    starts_on = starts_on or min(verified_on, ends_on or verified_on)
    if ends_on is not None and ends_on < starts_on:
        raise RowRefused(_("The contract “{part}” ends before it begins.").format(part=part[:80]))
    if period:
        told.pop()
    named: list[str] = []
    while len(told) > 1 and (state := _state(told[-1])) is not None:
        named.append(state)
        told.pop()
    payer, slash, network = " ".join(told).partition("/")
    if not (slash and slugify(payer) and slugify(network)):
        raise RowRefused(_("“{part}” in networks is not like Payer/Network MA.").format(part=part[:80]))
    if not (named or states):
        raise RowRefused(_("The contract “{part}” is for no state: add one, or a licence.").format(part=part[:80]))
    for state in reversed(named) if named else states:
        source_id = f"{npi}/{slugify(payer)}/{slugify(network)}/{state}"
        told_by = provenance("contract", source=SOURCE, source_id=source_id, verified_on=verified_on)
        yield ContractRecord(slugify(payer)[:80], slugify(network)[:120], state, starts_on, ends_on, told_by)


def _state(word: str) -> str | None:
    """Return the state of two capital letters; a network may have any other word in its name."""
    bare = word.strip(",")
    return bare if bare in vocabulary.JURISDICTIONS else None
