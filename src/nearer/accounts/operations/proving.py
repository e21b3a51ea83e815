"""Proving an address with a code, and finding the record of someone who was here before."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from nearer.accounts import rules
from nearer.accounts.models import Client, EmailCode
from nearer.accounts.operations.registering import give_consents
from nearer.audit import api as audit
from nearer.foundation import sealing
from nearer.outbox import api as outbox


class TooManyCodes(Exception):
    """This client was sent enough codes for now."""


class CodeWrong(Exception):
    """These are not the digits that were sent."""


class CodeExpired(Exception):
    """This code can't be used any more, right or wrong."""


@transaction.atomic
def send_code(*, client_id: int, now: datetime) -> None:
    """Send a new code, good for 15 minutes; an earlier one is worthless from now on.

    An address that was sent five in the last hour, whoever typed it, is sent nothing and nobody is told so: a refusal
    would tell a stranger that someone with this address is asking for codes. An earlier code of this client stays good
    then; without one they get a code that nobody is told, so that what they type is answered as ever.

    :raises TooManyCodes: this client was sent five in the last hour.
    """
    client = Client.objects.select_for_update().get(pk=client_id)
    _wait_for(sealing.ring().blind_index(client.email, purpose="codes to an address"))
    sent = EmailCode.objects.filter(created_at__gt=now - timedelta(hours=1))
    if sent.filter(client=client).count() >= rules.CODES_AN_HOUR:
        raise TooManyCodes(_("We have sent several codes already. Please wait an hour before asking for another."))
    may_send = sent.filter(Q(client=client) | Q(client__email__iexact=client.email)).count() < rules.CODES_AN_HOUR
    if may_send or not _working(client_id).filter(expires_at__gt=now).exists():
        _new_code(client, is_told=may_send, now=now)


@transaction.atomic
def ensure_code(*, client_id: int, now: datetime) -> None:
    """Send a code, unless one that was sent within the last minute still works: pressing twice is one code.

    :raises TooManyCodes: as `send_code`.
    """
    Client.objects.select_for_update().get(pk=client_id)
    if not _working(client_id).filter(created_at__gt=now - rules.CODE_IS_FRESH).exists():
        send_code(client_id=client_id, now=now)


def _working(client_id: int) -> QuerySet[EmailCode]:
    return EmailCode.objects.filter(client_id=client_id, used_at__isnull=True, attempts__lt=rules.CODE_ATTEMPTS)


def _new_code(client: Client, *, is_told: bool, now: datetime) -> None:
    EmailCode.objects.filter(client=client, used_at__isnull=True).update(used_at=now)
    digits = rules.new_code()
    code = EmailCode(client=client, created_at=now, expires_at=now + rules.CODE_LASTS)
    code.code_hash = _hashed(code, digits)
    code.save(force_insert=True)
    if not is_told:
        return
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
        outcome = try_code(client_id=client_id, code=code, now=now)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


@transaction.atomic
def try_code(*, client_id: int, code: str, now: datetime) -> int | CodeWrong | CodeExpired:
    """Do the same within the caller's transaction, for what must follow at once from a proof.

    A refusal is returned and not raised, so that the try counts: the caller commits before raising it.
    """
    # Everyone who proves the same identity waits here, before any row is locked: so two at once are one record.
    for identity in Client.objects.filter(pk=client_id).values_list("identity_index", flat=True):
        _wait_for(identity)
    client = Client.objects.select_for_update().filter(pk=client_id).first()
    return _expired() if client is None else _tried(client, code, now)


def _expired() -> CodeExpired:
    return CodeExpired(_("This code can’t be used any more. Please ask for a new one."))


def _tried(client: Client, digits: str, now: datetime) -> int | CodeWrong | CodeExpired:
    code = EmailCode.objects.select_for_update().filter(client=client, used_at__isnull=True).first()
    if code is None or now >= code.expires_at or code.attempts >= rules.CODE_ATTEMPTS:
        return _expired()
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
