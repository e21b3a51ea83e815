"""What a client was told when they took a time: kept as it was, so that it can be shown again as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Days are ISO 8601, fees US cents (None: not known). No network: the client pays themselves."""

    told_on: str
    npi: str
    name: str
    credentials: str
    licences: tuple[tuple[str, str, str], ...]  # jurisdiction, kind, verified on
    service: str
    modality: str
    place: str
    payer: str
    plan: str
    network: str
    source: str
    verified_on: str
    ends_on: str
    fee_cents: int | None
    unlisted: bool

    def kept(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)


def from_kept(data: Mapping[str, Any]) -> Told:
    """Return what was kept as JSON."""
    licences = tuple((place, kind, on) for place, kind, on in data["licences"])
    return Told(**{**data, "licences": licences})
