"""The ledger's chain: each row is hashed with the hash of the row before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from nearer.library.rules.canonical import canonical, first_difference

GENESIS = "0" * 64
#: What the key that seals rows is for.
PURPOSE = "library ledger"
#: Longer records are not searched byte by byte for the one that is wrong.
SEARCHED = 8_000


class Sealer(Protocol):
    """Makes the keyed seal of a hash, which nobody without the key file can make."""

    def __call__(self, text: str, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Link:
    """One row of the ledger as it stands in the database."""

    position: int
    record: str
    previous: str
    hash: str
    seal: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written, in a sentence that names it."""

    position: int
    sentence: str


def chained(previous: str, record: str) -> str:
    """Return the hash of a row: SHA-256 of the hash before it, a line feed, and the record's UTF-8 bytes."""
    return hashlib.sha256(f"{previous}\n{record}".encode()).hexdigest()


def faults(links: Iterable[Link], seal: Sealer) -> Iterator[Fault]:
    """Yield what is wrong with a chain, row by row in order of position."""
    position, previous = 0, GENESIS
    for link in links:
        position += 1
        if link.position != position:
            missing = (
                f"row {position} is" if link.position == position + 1 else f"rows {position} to {link.position - 1} are"
            )
            yield Fault(position, f"Ledger {missing} missing.")
            position, previous = link.position, link.previous
        if link.previous != previous:
            yield Fault(
                position, f"Ledger row {position}: it does not follow from row {position - 1} (column previous)."
            )
        if chained(link.previous, link.record) != link.hash:
            yield Fault(position, f"Ledger row {position}: {what_is_wrong(link)}")
        elif seal(link.hash) != link.seal:
            yield Fault(
                position, f"Ledger row {position}: it was not written with this installation’s key (column seal)."
            )
        previous = link.hash


def what_is_wrong(link: Link) -> str:
    """Return, for a row whose hash does not fit, which byte is wrong where that can be found."""
    found = wrong_byte(link)
    if found:
        place, was = found
        now = link.record.encode()[place]
        return f"byte {place} of its record is {_shown(now)} and was {_shown(was)}."
    broken = _not_canonical(link.record)
    if broken is not None:
        return f"its record is not in the form it was written in, from byte {broken} on."
    return "its record or its hash was changed, in more than one byte."


def wrong_byte(link: Link) -> tuple[int, int] | None:
    """Find the one byte of a record that has to be another for its hash to fit: where it is and what it was.

    Tries every other value of every byte, which takes less than a second for a usual row.
    """
    record, start = link.record.encode(), hashlib.sha256(f"{link.previous}\n".encode())
    if len(record) > SEARCHED:
        return None
    wanted = bytes.fromhex(link.hash) if len(link.hash) == len(GENESIS) else b""
    for place, now in enumerate(record):
        rest = record[place + 1 :]
        for value in range(256):
            attempt = start.copy()
            attempt.update(bytes((value,)) + rest)
            if attempt.digest() == wanted:
                return place, value
        start.update(bytes((now,)))
    return None


def _not_canonical(record: str) -> int | None:
    try:
        return first_difference(record, canonical(json.loads(record)))
    except ValueError as error:
        return getattr(error, "pos", 0)


def _shown(byte: int) -> str:
    return f"“{chr(byte)}”" if 32 <= byte < 127 else f"0x{byte:02x}"  # noqa: PLR2004 - what ASCII prints
