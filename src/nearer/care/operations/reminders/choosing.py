"""How a client is reminded is theirs to say; ending it never touches a time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nearer.accounts import api as accounts
from nearer.audit import api as audit
from nearer.care.models import ReminderWish
from nearer.care.operations.reminders.words import prefix
from nearer.care.queries.reminding import CONSENT
from nearer.outbox import api as outbox


@transaction.atomic
def choose(*, client_id: int, wanted: bool, plainness: str, now: datetime) -> None:
    """Write down whether a client is reminded, and how much is said. What waits to go out is written anew."""
    outbox.withdraw_all(prefix=prefix(client_id))
    if not wanted:
        accounts.withdraw_consent(client_id=client_id, kind=CONSENT, now=now)
        return
    ReminderWish.objects.update_or_create(client_id=client_id, defaults={"plainness": plainness})
    accounts.give_consents(client_id=client_id, kinds=[CONSENT], now=now)
    audit.record(actor=f"client:{client_id}", action="chose reminders", subject=f"client:{client_id}")


@transaction.atomic
def stop(*, client_id: int, now: datetime) -> None:
    """End a client's reminders, those that wait to go out among them. Their times stay. Twice is once."""
    outbox.withdraw_all(prefix=prefix(client_id))
    accounts.withdraw_consent(client_id=client_id, kind=CONSENT, now=now)


@transaction.atomic
def resume(*, client_id: int, now: datetime) -> None:
    """Remind a client again who ended it."""
    accounts.give_consents(client_id=client_id, kinds=[CONSENT], now=now)
    audit.record(actor=f"client:{client_id}", action="chose reminders", subject=f"client:{client_id}")
