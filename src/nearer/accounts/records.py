"""What goes in when someone says who they are, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Registration:
    """What a client says of themselves. `time_zone` is an IANA name, `consents` are kinds that were agreed to."""

    legal_name: str
    preferred_name: str
    birth_date: date
    email: str
    phone: str
    safe_to_reach: tuple[str, ...]
    language: str
    time_zone: str
    consents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClientCard:
    """A client, opened for whoever arranges their care."""

    id: int
    legal_name: str
    preferred_name: str
    birth_date: date
    email: str
    phone: str
    safe_to_reach: tuple[str, ...]
    language: str
    time_zone: str
    is_verified: bool
    consents: tuple[str, ...]

    @property
    def called(self) -> str:
        """What they want to be called."""
        return self.preferred_name or self.legal_name
