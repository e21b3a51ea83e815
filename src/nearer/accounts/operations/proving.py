"""Proving an address with a code, and finding the record of someone who was here before."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from nearer.accounts import rules
from nearer.accounts.models import Client, EmailCode
from nearer.accounts.operations.registering import give_consents
from nearer.audit import api as audit
from nearer.foundation import sealing
from nearer.outbox import api as outbox


class TooManyCodes(Exception):
    """This address was sent enough codes for now."""


class CodeWrong(Exception):
    """These are not the digits that were sent."""


class CodeExpired(Exception):
    """This code can't be used any more, right or wrong."""


@transaction.atomic
def send_code(*, client_id: int, now: datetime) -> None:
    """Send a new code, good for 15 minutes; an earlier one is worthless from now on.

    :raises TooManyCodes: this client, or this address whoever typed it, was sent five in the last hour.
    """
    client = Client.objects.select_for_update().get(pk=client_id)
    _wait_for(sealing.ring().blind_index(client.email, purpose="codes to an address"))
    mine = Q(client=client) | Q(client__email__iexact=client.email)
    if EmailCode.objects.filter(mine, created_at__gt=now - timedelta(hours=1)).count() >= rules.CODES_AN_HOUR:
        raise TooManyCodes(_("We have sent several codes already. Please wait an hour before asking for another."))
    EmailCode.objects.filter(client=client, used_at__isnull=True).update(used_at=now)
    digits = rules.new_code()
    code = EmailCode(client=client, created_at=now, expires_at=now + rules.CODE_LASTS)
    code.code_hash = _hashed(code, digits)
    code.save(force_insert=True)
    with translation.override(client.language):
        outbox.leave(
            kind="code", key=f"code:{code.pk}", to=client.email, subject=_("Your code"), body=_words(digits), now=now
        )


def check_code(*, client_id: int, code: str, now: datetime) -> int:
    """Prove the client's address and return whose it is: the record that this person has already, if there is one.

    The try is counted in a transaction of its own, which a caller's failure can't take back: a guess
    that rolls back would be a guess for free.

    :raises CodeWrong: the digits are wrong; they may be typed again.
    :raises CodeExpired: too late, too many tries, or no code was sent: a new one is needed.
    """
    with transaction.atomic(durable=True):
        outcome = _tried(client_id, code, now)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _tried(client_id: int, digits: str, now: datetime) -> int | CodeWrong | CodeExpired:
    # Everyone who proves the same identity waits here, before any row is locked: so two at once are one record.
    _wait_for(Client.objects.values_list("identity_index", flat=True).get(pk=client_id))
    client = Client.objects.select_for_update().get(pk=client_id)
    code = EmailCode.objects.select_for_update().filter(client=client, used_at__isnull=True).first()
    if code is None or now >= code.expires_at or code.attempts >= rules.CODE_ATTEMPTS:
        return CodeExpired(_("This code can't be used any more. Please ask for a new one."))
    code.attempts += 1
    right = hmac.compare_digest(code.code_hash, _hashed(code, digits))
    code.used_at = now if right else None
    code.save(update_fields=["attempts", "used_at"])
    if not right:
        return CodeWrong(_("These are not the six digits we sent. Please look again, or ask for a new code."))
    return _proven(client, now)


def _proven(client: Client, now: datetime) -> int:
    earlier = Client.objects.select_for_update().filter(
        identity_index=client.identity_index, email_verified_at__isnull=False
    )
    known = earlier.first()
    if known is None:
        client.email_verified_at = now
        client.save(update_fields=["email_verified_at"])
    elif known.pk != client.pk:
        _carry_over(client, known, now)
    whose = known or client
    audit.record(actor=f"client:{whose.pk}", action="proved an address", subject=f"client:{whose.pk}")
    return whose.pk


def _carry_over(fresh: Client, known: Client, now: datetime) -> None:
    """Take what they said today about reaching them; the legal name stays as it was first given."""
    known.preferred_name = fresh.preferred_name or known.preferred_name
    known.phone = fresh.phone
    known.safe_to_reach = fresh.safe_to_reach
    known.language, known.time_zone = fresh.language, fresh.time_zone
    known.save()
    give_consents(client_id=known.pk, kinds=list(fresh.consents.values_list("kind", flat=True)), now=now)


def _hashed(code: EmailCode, digits: str) -> str:
    return sealing.ring().blind_index(f"{code.pk}:{digits}", purpose="code")


def _wait_for(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _words(digits: str) -> str:
    return _(
        "Your code is %(digits)s\n\n"
        "Type it on the page where you asked for it. It is good for 15 minutes.\n\n"
        "If you did not ask for a code, you can ignore this message: without it, nothing happens."
    ) % {"digits": digits}
