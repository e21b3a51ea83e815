"""The other person comes: who they are, and that the address is theirs. Whatever is refused, nothing typed is lost."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from nearer.accounts import api as accounts
from nearer.audit import api as audit
from nearer.care.models import Booking
from nearer.care.operations.agreeing import keep_terms
from nearer.care.operations.couples import messages
from nearer.care.operations.couples.steps import check_step, locked, own_part, record
from nearer.care.policies import check_of_age
from nearer.care.queries.booking import BookingUnknown
from nearer.care.queries.couples.pairs import Pair, is_proven, locked_pair
from nearer.care.queries.couples.refusals import (
    SamePerson,
    changed,
    link_used,
    not_going_ahead,
    same_mailbox,
    same_person,
)
from nearer.care.rules.answers import Answers, payload
from nearer.care.rules.couples import SECOND
from nearer.care.rules.told import from_kept
from nearer.scheduling import api as scheduling

Outcome = int | accounts.CodeWrong | accounts.CodeExpired | SamePerson


@transaction.atomic
def join(  # noqa: PLR0913 - someone of this many parts
    *,
    couple_id: int,
    part: str,
    answers: Answers,
    registration: accounts.Registration,
    member_id: str,
    now: datetime,
) -> int:
    """Write down who the other person is, in a booking of their own, send them a code, and return the booking's id.

    Who was written down by the same link, and never proved it, is written over: the last to come is who is meant.

    :raises LinkUsed: it was used, or a newer one was sent.
    :raises NotGoingAhead: the time is gone.
    :raises TooYoung: they are under 18 on the day of the session.
    :raises TooManyCodes, ConsentMissing: what accounts says.
    """
    found = _invited(couple_id, part, now)
    card = scheduling.appointment(found.first.appointment_id)
    check_of_age(registration.birth_date, card.session.start.astimezone(ZoneInfo(answers.zone)).date())
    client_id = _written(found.second, registration, now)
    row = Booking(
        appointment_id=card.id,
        couple=found.couple,
        place=SECOND,
        client_id=client_id,
        plan_id=answers.plan_id,
        pays_self=answers.plan_id is None,
        language=registration.language,
        time_zone=answers.zone,
        created_at=now,
    )
    row.request, row.member_id = json.dumps(payload(answers)), member_id
    row.told = own_part(from_kept(found.first.told), found, row).kept()
    row.save(force_insert=True)
    keep_terms(row, now=now)
    record(row, "answered the link")
    accounts.ensure_code(client_id=client_id, now=now)
    return row.pk


@transaction.atomic
def amend(*, booking_id: int, registration: accounts.Registration, now: datetime) -> None:
    """Correct who the other person is, until that is proven, and send a code.

    :raises NotGoingAhead, Changed, TooYoung, TooManyCodes, ConsentMissing, CannotAmend: as `join`.
    """
    found, row = locked(booking_id)
    card = check_step(found, "accept", now)
    if row.place != SECOND or row.client_id is None:
        raise changed()
    check_of_age(registration.birth_date, card.session.start.astimezone(ZoneInfo(row.time_zone)).date())
    accounts.amend(client_id=row.client_id, registration=registration, now=now)
    accounts.ensure_code(client_id=row.client_id, now=now)


def prove(*, booking_id: int, code: str, site: str, now: datetime) -> None:
    """Prove the other person's address with the code, use up the link, and send them the key to their own page.

    :raises CodeWrong, CodeExpired: what accounts says; a wrong try counts.
    :raises SamePerson: they are who asked, or read that one's mailbox. Nothing is written then.
    :raises NotGoingAhead: the time is gone.
    """
    with transaction.atomic(durable=True):
        found, row = locked(booking_id)
        check_step(found, "accept", now)
        outcome = row.client_id if is_proven(row) else _proved(found, row, code, site, now)
    if isinstance(outcome, Exception):
        raise outcome


def _proved(found: Pair, row: Booking, code: str, site: str, now: datetime) -> Outcome:
    typed = row.client_id
    assert typed is not None
    with transaction.atomic():  # a point to go back to, where it turns out to be the wrong person
        outcome = accounts.try_code(client_id=typed, code=code, now=now)
        refusal = _same(found.first.client_id, outcome) if isinstance(outcome, int) else None
        transaction.set_rollback(refusal is not None)
    if refusal is not None or not isinstance(outcome, int):
        return refusal or outcome
    row.client_id = outcome
    row.save(update_fields=["client"])
    accounts.forget(client_ids={typed} - {outcome})
    found.couple.invitation = ""
    found.couple.save(update_fields=["invitation"])
    audit.record(actor=f"client:{outcome}", action="claimed", subject=f"booking:{row.pk}")
    messages.own_page(row, number=0, site=site, now=now)
    return outcome


def _same(first_id: int | None, second_id: int) -> SamePerson | None:
    if first_id == second_id:
        return same_person()
    assert first_id is not None
    one, two = (accounts.client(each).email.strip().casefold() for each in (first_id, second_id))
    return same_mailbox() if one == two else None


def _invited(couple_id: int, part: str, now: datetime) -> Pair:
    try:
        found = locked_pair(couple_id)
    except BookingUnknown:
        raise not_going_ahead() from None
    check_step(found, "accept", now)
    if found.couple.invitation != part or is_proven(found.second):
        raise link_used()
    return found


def _written(before: Booking | None, registration: accounts.Registration, now: datetime) -> int:
    """Write down who somebody says they are, over whomever the same link wrote down and nobody proved.

    The booking of before is gone, and its page with it; the codes that were sent still count.
    """
    if before is None or before.client_id is None:
        return accounts.register(registration=registration, now=now)
    before.delete()
    accounts.amend(client_id=before.client_id, registration=registration, now=now)
    return before.client_id
