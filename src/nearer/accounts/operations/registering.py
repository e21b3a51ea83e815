"""Saying who one is, and correcting it until it is verified."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nearer.accounts import policies, rules
from nearer.accounts.models import Client, Consent, EmailCode
from nearer.accounts.records import Registration
from nearer.accounts.vocabulary import CONSENTS
from nearer.audit import api as audit
from nearer.foundation import sealing


class CannotAmend(Exception):
    """A verified record is not changed from the page of a booking."""


@transaction.atomic
def register(*, registration: Registration, now: datetime) -> int:
    """Write down who someone says they are, and return the id. Nobody is merged, shown or told anything yet.

    :raises ConsentMissing: something that must be agreed to was not.
    """
    policies.check_consents(registration.consents)
    client = Client(created_at=now)
    _write(client, registration)
    client.save(force_insert=True)
    give_consents(client_id=client.pk, kinds=registration.consents, now=now)
    audit.record(actor=f"client:{client.pk}", action="registered", subject=f"client:{client.pk}")
    return client.pk


@transaction.atomic
def amend(*, client_id: int, registration: Registration, now: datetime) -> None:
    """Correct a record that is not verified yet. A changed address or birth date makes an open code worthless.

    :raises CannotAmend: the record is verified.
    :raises ConsentMissing: something that must be agreed to was not.
    """
    policies.check_consents(registration.consents)
    client = Client.objects.select_for_update().get(pk=client_id)
    if client.email_verified_at is not None:
        raise CannotAmend(_("Your details are confirmed already and can’t be changed here."))
    before = client.identity_index
    _write(client, registration)
    client.save()
    if client.identity_index != before:
        EmailCode.objects.filter(client=client, used_at__isnull=True).update(used_at=now)
    client.consents.exclude(kind__in=registration.consents).delete()
    give_consents(client_id=client_id, kinds=registration.consents, now=now)


def forget(*, client_ids: Collection[int]) -> int:
    """Delete records that nobody ever proved to be theirs, and return how many; a verified one stays.

    Their consents and codes go with them. Whoever refers to one lets go of it first.
    """
    return (
        Client.objects.filter(pk__in=client_ids, email_verified_at__isnull=True).delete()[1].get("accounts.Client", 0)
    )


def give_consents(*, client_id: int, kinds: Collection[str], now: datetime) -> None:
    """Write down consents in their present words; one that stands already stays as it is."""
    versions = {consent.kind: consent.version for consent in CONSENTS}
    Consent.objects.bulk_create(
        [Consent(client_id=client_id, kind=kind, version=versions[kind], given_at=now) for kind in kinds],
        ignore_conflicts=True,
    )


@transaction.atomic
def withdraw_consent(*, client_id: int, kind: str, now: datetime) -> bool:
    """Take back an optional consent; say whether one stood. Taking it back twice is taking it back.

    :raises ValueError: this service can't be used without that one.
    """
    if kind not in {consent.kind for consent in CONSENTS if not consent.required}:
        raise ValueError(kind)
    standing = Consent.objects.filter(client_id=client_id, kind=kind, withdrawn_at__isnull=True)
    taken_back = standing.update(withdrawn_at=now) > 0
    if taken_back:
        audit.record(actor=f"client:{client_id}", action=f"ended {kind}", subject=f"client:{client_id}")
    return taken_back


def _write(client: Client, registration: Registration) -> None:
    client.email = registration.email.strip()
    client.legal_name = registration.legal_name
    client.preferred_name = registration.preferred_name
    client.birth_date_text = registration.birth_date.isoformat()
    client.phone = registration.phone
    client.safe_to_reach = list(registration.safe_to_reach)
    client.language = registration.language
    client.time_zone = registration.time_zone
    identity = f"{rules.same_mailbox(registration.email)}|{registration.birth_date.isoformat()}"
    client.identity_index = sealing.ring().blind_index(identity, purpose="identity")
