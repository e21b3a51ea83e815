"""What a client was told when they took a time: kept as it was, so that it can be shown again as it was."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Days are ISO 8601, fees US cents (None: not known). No network: the client pays themselves.

    `place` has the name of the place, `address` has not: a name can say what happens there.
    """

    told_on: str
    npi: str
    name: str
    credentials: str
    licences: tuple[tuple[str, str, str], ...]  # jurisdiction, kind, verified on
    service: str
    modality: str
    place: str
    address: str
    payer: str
    plan: str
    network: str
    source: str
    verified_on: str
    ends_on: str
    fee_cents: int | None
    unlisted: bool
    is_further: bool = False  # they come already: the fee is that of each further session
    paid_by_other: bool = False  # the other of two people has it paid; how, is not told

    def for_one(self, places: Collection[str], *, is_billed: bool) -> Told:
        """Return what one of two people is told: licences where they themselves said, and nobody else's plan."""
        licences = tuple(each for each in self.licences if each[0] in places)
        if is_billed or not self.plan:
            return replace(self, licences=licences)
        return replace(
            self,
            licences=licences,
            payer="",
            plan="",
            network="",
            source="",
            verified_on="",
            ends_on="",
            unlisted=False,
            paid_by_other=True,
        )

    def kept(self) -> str:
        """Return it as JSON, to be sealed."""
        return json.dumps(asdict(self))


def from_kept(text: str) -> Told:
    """Return what was kept as JSON."""
    data = json.loads(text)
    licences = tuple((place, kind, on) for place, kind, on in data["licences"])
    return Told(**{**data, "licences": licences})
