"""From a held time to a confirmed one; calling it off; moving it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from nearer.accounts import api as accounts
from nearer.audit import api as audit
from nearer.care.models import Booking
from nearer.care.operations import messages
from nearer.care.operations.agreeing import consequence, settle
from nearer.care.operations.apart import check_apart, check_for_one
from nearer.care.operations.holding import keep_held, locked
from nearer.care.operations.proposals import withdraw_open
from nearer.care.operations.telling import tell
from nearer.care.policies import check_of_age
from nearer.care.queries.booking import booking, card_of
from nearer.care.queries.couples.pairs import everyone_at
from nearer.care.rules.answers import Answers, from_payload
from nearer.care.rules.policy import CLIENT
from nearer.scheduling import api as scheduling


def register(
    *, booking_id: int, registration: accounts.Registration, member_id: str, start: datetime, now: datetime
) -> None:
    """Write down who takes the time, and send a code to their address. Twice in a moment is one code.

    A hold that has run out is taken again, if the time is still free, before anything is written.

    :raises TooYoung: the client is under 18 on the day of the session.
    :raises NotEligible: by their real age, or by now, this therapist may not see them.
    :raises OpeningTaken, NotTaking, NotAllowed: the time is gone, or the booking has ended.
    :raises TooManyCodes: this client was sent enough codes for now.
    :raises ConsentMissing, CannotAmend: what accounts says.
    """
    keep_held(booking_id=booking_id, start=start, now=now)
    with transaction.atomic():
        row = locked(booking_id)
        card, answers = scheduling.appointment(row.appointment_id), _answers(row)
        day = card.session.start.astimezone(ZoneInfo(row.time_zone)).date()
        check_of_age(registration.birth_date, day)
        ages = _ages(answers, card.service, accounts.age_band(registration.birth_date, day))
        row.told = tell(card, answers, now, age_bands=ages).kept()
        if row.client_id is None:
            row.client_id = accounts.register(registration=registration, now=now)
        else:
            accounts.amend(client_id=row.client_id, registration=registration, now=now)
        row.member_id = member_id
        row.save()
        accounts.ensure_code(client_id=row.client_id, now=now)


@transaction.atomic
def send_code(*, booking_id: int, now: datetime) -> None:
    """Send another code.

    :raises TooManyCodes: this client was sent enough codes for now.
    """
    client_id = locked(booking_id).client_id
    assert client_id is not None
    accounts.send_code(client_id=client_id, now=now)


def prove(*, booking_id: int, code: str, now: datetime) -> None:
    """Prove the client's address with the code. What this proves stays proven, even if the time is gone meanwhile.

    Who presses twice waits here for themselves, and finds that it is proven.

    :raises CodeWrong, CodeExpired: what accounts says; a wrong try counts.
    """
    with transaction.atomic(durable=True):
        outcome = _proved(locked(booking_id), code, now)
    if isinstance(outcome, Exception):
        raise outcome


def _proved(row: Booking, code: str, now: datetime) -> int | accounts.CodeWrong | accounts.CodeExpired:
    typed = row.client_id
    assert typed is not None
    if accounts.client(typed).is_verified:
        return typed
    outcome = accounts.try_code(client_id=typed, code=code, now=now)
    if isinstance(outcome, int):
        row.client_id = outcome
        row.save(update_fields=["client"])
        accounts.forget(client_ids={typed} - {outcome})
        audit.record(actor=f"client:{outcome}", action="claimed", subject=f"booking:{row.pk}")
    return outcome


def confirm(*, booking_id: int, start: datetime, site: str, now: datetime) -> None:
    """Make the held time an appointment of a proven client, and leave them a message. Twice is once.

    A hold that has run out is taken again first, if the time is still free.

    :param site: the site's address, such as `https://example.org`, for the link in the message.
    :raises OpeningTaken, ClientBusy, NotTaking: the time is gone, or the client has another appointment then.
    :raises NotAllowed: it was cancelled, or is past.
    :raises NotEligible: by now a fact stands against it.
    """
    if booking(booking_id, now).appointment.status == "confirmed":
        return
    keep_held(booking_id=booking_id, start=start, now=now)
    with transaction.atomic():
        row = locked(booking_id)
        client_id = row.client_id
        assert client_id is not None
        before = scheduling.appointment(row.appointment_id)
        if before.status == "confirmed":
            return
        check_for_one(before.service)
        scheduling.attend(appointment_id=row.appointment_id, client_id=client_id, now=now)
        check_apart(client_id=client_id, card=before, zone=row.time_zone)
        row.told = tell(before, _answers(row), now, age_bands=_known_ages(row, before)).kept()
        row.save(update_fields=["told_sealed"])
        scheduling.confirm(appointment_id=row.appointment_id, now=now)
        audit.record(actor=f"client:{client_id}", action="confirmed", subject=f"booking:{booking_id}")
        messages.confirmed(card_of(row, now), site=site, now=now)


@transaction.atomic
def cancel(*, booking_id: int, site: str, now: datetime) -> None:
    """Call the appointment off for the client, and leave them a message that takes it out of their calendar.

    Of two people, both get the same one: it does not say who called it off.

    :raises NotAllowed: it is not confirmed, or has begun.
    """
    row = locked(booking_id)
    before = scheduling.appointment(row.appointment_id)
    if before.status == "cancelled":
        return
    followed = consequence(row, before, by=CLIENT, now=now)
    scheduling.cancel(appointment_id=row.appointment_id, by=CLIENT, now=now)
    settle(row, followed, now=now)
    withdraw_open(row, now=now)
    audit.record(actor=f"client:{row.client_id}", action="cancelled", subject=f"booking:{booking_id}")
    for each in everyone_at(row):
        messages.cancelled(card_of(each, now), site=site, now=now)


@transaction.atomic
def move(*, booking_id: int, start: datetime, site: str, now: datetime) -> None:
    """Give the appointment another time with the same therapist, and leave a message that moves it in calendars.

    :raises OpeningTaken, ClientBusy, NotTaking, NotAllowed: what scheduling says.
    :raises NotEligible: on that day a fact stands against it.
    """
    row = locked(booking_id)
    before = scheduling.appointment(row.appointment_id)
    if before.session.start == start:
        return
    check_for_one(before.service)
    withdraw_open(row, now=now)
    moved = scheduling.move(
        appointment_id=row.appointment_id,
        start=start,
        key=f"{row.pk:x}-{before.sequence}-{start.timestamp():.0f}",
        now=now,
        client_zone=row.time_zone,
    )
    assert row.client_id is not None
    check_apart(client_id=row.client_id, card=moved, zone=row.time_zone)
    row.told = tell(moved, _answers(row), now, age_bands=_known_ages(row, moved)).kept()
    row.save(update_fields=["told_sealed"])
    audit.record(actor=f"client:{row.client_id}", action="moved", subject=f"booking:{booking_id}")
    messages.moved(card_of(row, now), site=site, now=now)


def _answers(row: Booking) -> Answers:
    return from_payload(json.loads(row.request))


def _known_ages(row: Booking, card: scheduling.AppointmentCard) -> Sequence[str]:
    assert row.client_id is not None
    day = card.session.start.astimezone(ZoneInfo(row.time_zone)).date()
    return _ages(_answers(row), card.service, accounts.age_band(accounts.client(row.client_id).birth_date, day))


def _ages(answers: Answers, service: str, real: str) -> Sequence[str]:
    """Return the age bands of those who attend: the client's real one, and the partner's as it was said."""
    theirs = answers.partner_age if service == "couples" else None
    return (real,) if theirs in (None, real) else (real, str(theirs))
