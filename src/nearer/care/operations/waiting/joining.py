"""Leaving a way to be told."""

from __future__ import annotations

import hmac
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from nearer.accounts.api import CodeExpired, CodeWrong, TooManyCodes
from nearer.audit import api as audit
from nearer.care.models import Booking, Wait
from nearer.care.operations.waiting import words
from nearer.care.operations.waiting.refusals import check_may_ask_sooner
from nearer.care.queries.booking import booking
from nearer.care.queries.waiting import WaitUnknown
from nearer.care.rules.answers import Answers, payload
from nearer.care.rules.waiting import CODE_ATTEMPTS, CODE_LASTS, CODES_AN_HOUR, CODES_COUNT, FIRST, SOONER, new_code
from nearer.foundation import sealing


@transaction.atomic
def join(  # noqa: PLR0913 - a place of this many parts
    *, answers: Answers, service: str, email: str, within_days: int | None, language: str, now: datetime
) -> int:
    """Write down who wants to be told, sealed, and send a code to their address; return the place's id.

    An address that was sent five in the last hour is sent nothing, and nobody is told so: a stranger would learn that
    somebody with this address asks for codes.
    """
    row = Wait(
        kind=FIRST,
        address_index=sealing.ring().blind_index(email, purpose="waiting"),
        within_days=within_days,
        language=language,
        time_zone=answers.zone,
        created_at=now,
        turn_at=now,
        expires_at=now + timedelta(days=settings.NEARER_WAITING_DAYS),
    )
    row.email = email.strip()
    row.wanted = json.dumps({"answers": payload(answers), "service": service})
    row.save(force_insert=True)
    _send(row, now)
    return row.pk


@transaction.atomic
def send_code(*, wait_id: int, now: datetime) -> None:
    """Send another code.

    :raises TooManyCodes: one was sent less than a minute ago.
    :raises WaitUnknown: the place has ended.
    """
    row = _locked(wait_id)
    if row.code_sent_at is not None and row.code_sent_at > now - timedelta(minutes=1):
        raise TooManyCodes(_("We have just sent a code. Please wait a minute before asking for another."))
    _send(row, now)


def prove(*, wait_id: int, code: str, now: datetime) -> None:
    """Prove the address: from now on this place counts, in the order of proving. A wrong try counts too.

    :raises CodeWrong, CodeExpired: with the sentence to show.
    :raises WaitUnknown: the place has ended.
    """
    with transaction.atomic(durable=True):
        refusal = _proved(_locked(wait_id), code, now)
    if refusal is not None:
        raise refusal


@transaction.atomic
def join_sooner(*, booking_id: int, now: datetime) -> int:
    """Note that a client would like an earlier time with the same therapist; return the place's id. Twice is one place.

    :raises NotAllowed: the booking is not confirmed, is for two, or e-mail is no safe way to reach them.
    """
    row = Booking.objects.select_for_update().get(pk=booking_id)
    card = booking(booking_id, now)
    check_may_ask_sooner(card)
    known = Wait.objects.filter(booking=row).values_list("pk", flat=True).first()
    if known is not None:
        return known
    ends = min(now + timedelta(days=settings.NEARER_WAITING_DAYS), card.appointment.session.start)
    place = Wait.objects.create(
        kind=SOONER,
        booking=row,
        language=row.language,
        time_zone=row.time_zone,
        created_at=now,
        proven_at=now,
        turn_at=now,
        expires_at=ends,
    )
    audit.record(actor=f"client:{row.client_id}", action="asked for sooner", subject=f"booking:{booking_id}")
    return place.pk


def _locked(wait_id: int) -> Wait:
    row = Wait.objects.select_for_update().filter(pk=wait_id).first()
    if row is None:
        raise WaitUnknown(f"no wait {wait_id}")
    return row


def _send(row: Wait, now: datetime) -> None:
    """Make a new code; tell it unless this address was told enough of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"waiting {row.address_index}"])
    lately = Wait.objects.filter(address_index=row.address_index, code_sent_at__gt=now - CODES_COUNT)
    may_send = lately.count() < CODES_AN_HOUR
    digits = new_code()
    row.code_hash, row.code_attempts, row.code_sent_at = _hashed(row, digits), 0, now
    row.save(update_fields=["code_hash", "code_attempts", "code_sent_at"])
    if may_send:
        words.code(row, digits, now=now)


def _proved(row: Wait, code: str, now: datetime) -> CodeWrong | CodeExpired | None:
    if row.proven_at is not None:
        return None
    late = row.code_sent_at is None or now >= row.code_sent_at + CODE_LASTS
    if late or row.code_attempts >= CODE_ATTEMPTS:
        return CodeExpired(_("This code can’t be used any more. Please ask for a new one."))
    row.code_attempts += 1
    row.save(update_fields=["code_attempts"])
    if not hmac.compare_digest(row.code_hash, _hashed(row, code)):
        return CodeWrong(_("These are not the six digits we sent. Please look again, or ask for a new code."))
    row.proven_at = row.turn_at = now
    row.code_hash = ""
    row.save(update_fields=["proven_at", "turn_at", "code_hash"])
    audit.record(actor="visitor", action="joined the waiting list", subject=f"wait:{row.pk}")
    return None


def _hashed(row: Wait, digits: str) -> str:
    return sealing.ring().blind_index(f"{row.pk}:{digits}", purpose="waiting code")
