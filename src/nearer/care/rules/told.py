"""What a client was told when they took a time: kept as it was, so that it can be shown again as it was."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


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

    def kept(self) -> str:
        """Return it as JSON, to be sealed."""
        return json.dumps(asdict(self))


def from_kept(text: str) -> Told:
    """Return what was kept as JSON."""
    data = json.loads(text)
    licences = tuple((place, kind, on) for place, kind, on in data["licences"])
    return Told(**{**data, "licences": licences})
