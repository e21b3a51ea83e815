"""What the pages of one's own account show, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import qrcode
from django.utils.translation import gettext as _

from nearer.accounts.queries.sessions import factors, sessions
from nearer.accounts.records import Factor, Staff
from nearer.accounts.rules import device
from nearer.accounts.vocabulary import KINDS

QUIET_ZONE = 4


@dataclass(frozen=True, slots=True)
class Where:
    """One place where somebody is signed in."""

    id: int
    device: str
    began: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class Account:
    """How somebody signs in."""

    email: str
    roles: tuple[str, ...]
    passkeys: tuple[Factor, ...]
    authenticator: Factor | None
    recovery_codes: Factor | None
    sessions: tuple[Where, ...]

    @property
    def is_last(self) -> bool:
        """Whether only one way is left, which can't be removed."""
        return len(self.passkeys) + (self.authenticator is not None) <= 1


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code: one SVG path in a square of `size` units."""

    size: int
    path: str


def account(who: Staff, session_key: str) -> Account:
    """Return how somebody signs in, and where they are signed in."""
    held = factors(who.user_id)
    return Account(
        email=who.email,
        roles=tuple(str(KINDS[kind]) for kind in who.kinds),
        passkeys=tuple(factor for factor in held if factor.kind == "webauthn"),
        authenticator=next((factor for factor in held if factor.kind == "totp"), None),
        recovery_codes=next((factor for factor in held if factor.kind == "recovery_codes"), None),
        sessions=tuple(
            Where(id=each.id, device=_device(each.browser), began=each.began, is_this=each.is_this)
            for each in sessions(who.user_id, session_key)
        ),
    )


def square(text: str) -> Square:
    """Return a QR code that can be drawn without any style or script of its own."""
    code = qrcode.QRCode(border=QUIET_ZONE)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Square(size=len(rows), path=path)


def _device(user_agent: str) -> str:
    browser, system = device(user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser we don’t know")
