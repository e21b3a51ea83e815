"""What goes in when someone says who they are, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


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


@dataclass(frozen=True, slots=True)
class Staff:
    """Who signed in, and what as: kinds of role, in order."""

    user_id: int
    email: str
    kinds: tuple[str, ...]

    @property
    def actor(self) -> str:
        """How the audit trail calls them."""
        return f"staff:{self.user_id}"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may sign in, as whoever lets people in sees them. `last_seen` is their last sign-in, in UTC."""

    user_id: int
    email: str
    kinds: tuple[str, ...]
    has_factor: bool
    last_seen: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """Where somebody is signed in: since when (UTC), with what browser as it calls itself."""

    id: int
    began: datetime
    browser: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing to prove oneself with: `webauthn` (which has a name), `totp` or `recovery_codes`."""

    id: int
    kind: str
    name: str
    added: datetime
    last_used: datetime | None
