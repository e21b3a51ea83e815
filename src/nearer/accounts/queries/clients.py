"""Reading about clients."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from nearer.accounts.models import Client
from nearer.accounts.records import ClientCard


class ClientUnknown(Exception):
    """There is no such client."""


def client(client_id: int) -> ClientCard:
    """Return one client, opened.

    :raises ClientUnknown: there is none with this id.
    """
    row = Client.objects.filter(pk=client_id).prefetch_related("consents").first()
    if row is None:
        raise ClientUnknown(f"no client {client_id}")
    return _card(row)


def clients(client_ids: Collection[int]) -> dict[int, ClientCard]:
    """Return these clients, opened; whoever is not there any more is left out. Two queries, however many."""
    return {row.pk: _card(row) for row in Client.objects.filter(pk__in=client_ids).prefetch_related("consents")}


def _card(row: Client) -> ClientCard:
    return ClientCard(
        id=row.pk,
        legal_name=row.legal_name,
        preferred_name=row.preferred_name,
        birth_date=date.fromisoformat(row.birth_date_text),
        email=row.email,
        phone=row.phone,
        safe_to_reach=tuple(row.safe_to_reach),
        language=row.language,
        time_zone=row.time_zone,
        is_verified=row.email_verified_at is not None,
        consents=tuple(sorted(consent.kind for consent in row.consents.all() if consent.withdrawn_at is None)),
    )
