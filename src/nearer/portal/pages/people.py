"""Who may sign in, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from nearer.accounts import api as accounts
from nearer.portal.queries.seats import npis


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who may sign in. `state` says how far they have come with that."""

    user_id: int
    email: str
    roles: tuple[tuple[str, str], ...]
    npi: str
    state: str
    last_seen: datetime | None
    has_factor: bool


def everybody() -> tuple[Row, ...]:
    """Return everybody who may sign in, by address."""
    seats = npis()
    return tuple(_row(person, seats.get(person.user_id, "")) for person in accounts.people())


def somebody(user_id: int) -> Row:
    """Return one of them, also one whose roles have ended.

    :raises PersonUnknown: nobody ever signed in with this number.
    """
    return _row(accounts.person(user_id), npis().get(user_id, ""))


def _row(person: accounts.Person, npi: str) -> Row:
    return Row(
        user_id=person.user_id,
        email=person.email,
        roles=tuple((kind, str(accounts.KINDS[kind])) for kind in person.kinds),
        npi=npi,
        state=_state(person),
        last_seen=person.last_seen,
        has_factor=person.has_factor,
    )


def _state(person: accounts.Person) -> str:
    if not person.kinds:
        return _("can’t sign in")
    if person.last_seen is None:
        return _("invited, has not signed in yet")
    return "" if person.has_factor else _("has no second step yet")
