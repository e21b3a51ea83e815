"""Reading about people who sign in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from nearer.accounts.models import Role, User
from nearer.accounts.records import Person, Staff
from nearer.accounts.rules import same_mailbox

#: What proves someone a second time. Recovery codes come beside one of these, never alone.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class PersonUnknown(Exception):
    """Nobody signs in with this number."""


def staff(user_id: int) -> Staff:
    """Return who this is and what they sign in as now.

    :raises PersonUnknown: nobody signs in with this number, or no more.
    """
    row = User.objects.filter(pk=user_id, is_active=True).prefetch_related(_standing()).first()
    if row is None:
        raise PersonUnknown(f"nobody signs in as {user_id}")
    return Staff(user_id=row.pk, email=row.email, kinds=_kinds(row))


def has_factor(user_id: int) -> bool:
    """Tell whether a passkey or an authenticator was set up."""
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=FACTORS).exists())


def may_remove_a_factor(user_id: int) -> bool:
    """Tell whether one would be left."""
    return int(Authenticator.objects.filter(user_id=user_id, type__in=FACTORS).count()) > 1


def people(kind: str = "") -> tuple[Person, ...]:
    """Return everybody who signs in, or everybody of one kind, by address; three queries however many there are."""
    rows = _with_factor(User.objects.filter(is_active=True)).prefetch_related(_standing()).order_by("email")
    if kind:
        rows = rows.filter(Exists(Role.objects.filter(user=OuterRef("pk"), kind=kind, ended_at__isnull=True)))
    return tuple(_person(row) for row in rows)


def person(user_id: int) -> Person:
    """Return one of them, also one whose roles have all ended.

    :raises PersonUnknown: nobody ever signed in with this number.
    """
    row = _with_factor(User.objects.filter(pk=user_id)).prefetch_related(_standing()).first()
    if row is None:
        raise PersonUnknown(f"nobody signs in as {user_id}")
    return _person(row)


def user_id_of(email: str) -> int | None:
    """Return who signs in with this address, however it is written; None where nobody does."""
    return User.objects.filter(email=same_mailbox(email)).values_list("pk", flat=True).first()


def _standing() -> Prefetch[str]:
    return Prefetch("roles", Role.objects.filter(ended_at__isnull=True).order_by("kind"), to_attr="standing")


def _with_factor(rows: QuerySet[User]) -> QuerySet[User]:
    factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=FACTORS)
    return rows.annotate(factor=Exists(factors))


def _kinds(row: User) -> tuple[str, ...]:
    return tuple(role.kind for role in row.standing)  # type: ignore[attr-defined]  # prefetched above


def _person(row: User) -> Person:
    return Person(
        user_id=row.pk,
        email=row.email,
        kinds=_kinds(row),
        has_factor=row.factor,  # type: ignore[attr-defined]  # annotated above
        last_seen=row.last_login,
    )
