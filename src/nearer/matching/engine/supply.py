"""Who offers one service anywhere, as numpy columns, and how many of them count in a place, a panel, a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.request import Part, Request
from nearer.matching.engine.times import NO_DAY, wanted

Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
Places = NDArray[np.intp]
#: Fewer than this many to show is a gap: an answer shows three to five.
ENOUGH = 3


class Figures(NamedTuple):
    """How many therapists: licensed and offering it; of them saying they accept; with a time; all of it at once."""

    listed: int
    accepting: int
    open: int
    bookable: int


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """One row a therapist. `places` has one bit per jurisdiction in which they may practise.

    `holdable` says that nothing but a contract and a time is needed. `openings` has one bit an hour from `anchor`,
    little-endian, as bytes of a row. Contracts are rows of their own: `holders` are places in the other columns.
    """

    anchor: datetime
    ids: NDArray[np.int64]
    places: NDArray[np.uint64]
    holdable: Flags
    accepting: Flags
    languages: NDArray[np.uint64]
    openings: NDArray[np.uint8]
    holders: NDArray[np.intp]
    networks: NDArray[np.int64]
    contract_places: NDArray[np.intp]

    def licensed(self, place: int) -> Flags:
        return has_bit(self.places, place)

    def free(self, zone: str, at: datetime, *, horizon_days: int, times: frozenset[Part] = frozenset()) -> Flags:
        """Say for each row whether a first session could start in the days after `at`'s, as someone in `zone` counts.

        :param times: parts of the week in that zone; none means any.
        """
        ask = Request(jurisdictions=(0,), networks=None, ages=0, zone=zone, times=times, horizon_days=horizon_days)
        hours = np.packbits(wanted(ask, self.anchor, at).days != NO_DAY, bitorder="little")
        return _any(self.openings & hours[: self.openings.shape[1]])

    def contracted(self, networks: Collection[int]) -> tuple[Places, Places]:
        """Return who has a contract with one of these networks where they may practise, and where: each pair once."""
        rows = np.isin(self.networks, np.fromiter(networks, np.int64))
        holders, places = self.holders[rows], self.contract_places[rows]
        may = (self.places[holders] >> places.astype(np.uint64)) & np.uint64(1) != 0
        pairs = np.unique(holders[may] * 64 + places[may])
        return pairs >> 6, pairs & 63


def has_bit(masks: NDArray[np.uint64], bit: int) -> Flags:
    found: Flags = (masks >> np.uint64(bit)) & np.uint64(1) != 0
    return found


def figures(supply: Supply, among: Flags, free: Flags) -> Figures:
    """Count those `among` the rows; `free` says who has a time."""
    return Figures(
        int(among.sum()),
        int((among & supply.accepting).sum()),
        int((among & free).sum()),
        int((among & free & supply.holdable).sum()),
    )


def by_place(
    supply: Supply, holders: NDArray[np.intp], places: NDArray[np.intp], free: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Count pairs of therapist and place: a row a place (64), a column a figure.

    :param free: a row a therapist, a column a place: whether they have a time by the clock of that place.
    """
    has_time = free[holders, places]
    each = (
        np.ones(len(holders), np.bool_),
        supply.accepting[holders],
        has_time,
        has_time & supply.holdable[holders],
    )
    return np.stack([np.bincount(places[which], minlength=64) for which in each], axis=1)


def shown(
    supply: Supply, place: int, panels: list[frozenset[int]], languages: list[int], times: list[Flags]
) -> NDArray[np.int64]:
    """Return how many can be shown in a place, by panel, language (a bit) and time.

    :param panels: the networks that count, for each panel.
    :param times: for each time, who is free in it.
    """
    here = supply.licensed(place) & supply.holdable
    rows = here.nonzero()[0]
    spoken = np.stack([has_bit(supply.languages[rows], bit) for bit in languages], axis=1)
    suited = np.stack([time[rows] for time in times], axis=1)
    both = (spoken[:, :, None] & suited[:, None, :]).reshape(len(rows), len(languages) * len(times))
    at_place = supply.contract_places == place
    holders, held_with = supply.holders[at_place], supply.networks[at_place]
    inside = np.zeros((len(panels), len(supply.ids)), np.float32)
    for number, networks in enumerate(panels):
        inside[number, holders[np.isin(held_with, np.fromiter(networks, np.int64))]] = 1
    counts = inside[:, rows] @ both.astype(np.float32)
    return counts.astype(np.int64).reshape(len(panels), len(languages), len(times))


def _any(rows: NDArray[np.uint8]) -> Flags:
    found: Flags = np.any(rows, axis=1)
    return found
