"""Taking a time, taking it again, letting it go. Until then nothing was written about anyone."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from nearer.audit import api as audit
from nearer.care.models import Booking
from nearer.care.operations.agreeing import keep_terms
from nearer.care.operations.handing_over import hand_over
from nearer.care.operations.telling import tell
from nearer.care.policies import ENDED, check_not_left_out, check_not_same_day, check_open
from nearer.care.queries.after import to_follow
from nearer.care.queries.booking import BookingUnknown
from nearer.care.rules.answers import Answers, from_payload, payload
from nearer.care.rules.keys import key_again, key_of
from nearer.directory import api as directory
from nearer.scheduling import api as scheduling


@transaction.atomic
def hold(  # noqa: PLR0913 - a choice of this many parts
    *,
    answers: Answers,
    npi: str,
    service: str,
    modality: str,
    start: datetime,
    key: str,
    language: str,
    now: datetime,
) -> int:
    """Take a time for a visitor and return the booking's id. The same choice with the same key is one booking.

    Whether this therapist may see them on that day is asked again here, and stays true until this is committed.

    :raises OpeningTaken: someone else was faster, or it is no opening.
    :raises NotTaking: the therapist takes nobody new.
    :raises NotEligible: a fact stands against it: licence, network, age, service.
    :raises TherapistUnknown: nobody has this NPI.
    """
    profile = directory.profile_of(npi, start.astimezone(ZoneInfo(answers.zone)).date())
    offered = profile.service(service)
    if offered is None or service not in answers.services:
        raise directory.NotEligible(directory.sentence(directory.Hindrance("no_service", service)))
    check_not_left_out(profile.id, answers)
    check_not_same_day(start, answers)
    card = scheduling.hold(
        therapist_id=profile.id,
        service=service,
        modality=modality,
        location_id=location_for(profile, modality, answers),
        start=start,
        length=timedelta(minutes=offered.intake_minutes),
        client_zone=answers.zone,
        key=key_of(key, npi, service, modality, start.isoformat()),
        now=now,
    )
    before = to_follow(answers)
    if before is None:
        return _write(card, answers, language=language, now=now)
    return _write_after(before, card, answers, language=language, now=now)


def _write_after(
    before: Booking, card: scheduling.AppointmentCard, answers: Answers, *, language: str, now: datetime
) -> int:
    """Write the booking of a client who is known from an earlier one, with what they gave there.

    :raises ClientBusy: they have another appointment at that time.
    """
    assert before.client_id is not None
    scheduling.attend(appointment_id=card.id, client_id=before.client_id, now=now)
    member_id = before.member_id if before.plan_id == answers.plan_id else ""
    booking_id = _write(card, answers, language=language, now=now, client_id=before.client_id, member_id=member_id)
    hand_over(booking_id, before)
    return booking_id


@transaction.atomic
def hold_again(*, booking_id: int, start: datetime, now: datetime) -> int:
    """Take this time for a booking whose hold is over, or another time instead of the one it holds. Twice is once.

    A confirmed time stays as it is: it is moved, never held again.

    Nothing that was typed is lost: client and request stay. After a cancellation it is a booking of its own,
    and its id is returned.

    :raises OpeningTaken: it is no opening (any more).
    :raises NotTaking: the therapist takes nobody new.
    :raises NotEligible: a fact stands against it by now.
    :raises BookingUnknown: there is no such booking.
    """
    row = locked(booking_id)
    return _again(row, scheduling.appointment(row.appointment_id), start, now)


@transaction.atomic
def keep_held(*, booking_id: int, start: datetime, now: datetime) -> None:
    """Do the same for a booking that is still open: one that has ended stays as it is.

    :raises NotAllowed: it was cancelled, or is past.
    :raises OpeningTaken, NotTaking, NotEligible, BookingUnknown: as `hold_again`.
    """
    row = locked(booking_id)
    card = scheduling.appointment(row.appointment_id)
    check_open(card.status)
    _again(row, card, start, now)


def _again(row: Booking, card: scheduling.AppointmentCard, start: datetime, now: datetime) -> int:
    if card.status == "confirmed":
        return row.pk
    if _lasts(card, now):
        if card.session.start == start:
            return row.pk
        # A hold that is over is freed within the therapist's turn; freeing it here would lock in the other order.
        scheduling.release(appointment_id=card.id, now=now)
    answers = from_payload(json.loads(row.request))
    held = scheduling.hold(
        therapist_id=card.therapist_id,
        service=card.service,
        modality=card.modality,
        location_id=card.location_id,
        start=start,
        length=card.session.length,
        client_zone=row.time_zone,
        key=key_again(row.pk, card.id, start),
        now=now,
    )
    if card.status in ENDED:
        return _write(held, answers, language=row.language, now=now, client_id=row.client_id, member_id=row.member_id)
    row.appointment_id, row.told = held.id, tell(held, answers, now).kept()
    row.save(update_fields=["appointment", "told_sealed"])
    keep_terms(row, now=now)
    audit.record(actor="visitor", action="held again", subject=f"booking:{row.pk}")
    return row.pk


@transaction.atomic
def let_go(*, booking_id: int, now: datetime) -> None:
    """Free the time at once.

    :raises NotAllowed: it is no hold.
    :raises BookingUnknown: there is no such booking.
    """
    scheduling.release(appointment_id=locked(booking_id).appointment_id, now=now)


def locked(booking_id: int) -> Booking:
    """Return a booking that nobody else changes until the transaction ends.

    :raises BookingUnknown: there is none with this id.
    """
    row = Booking.objects.select_for_update().filter(pk=booking_id).first()
    if row is None:
        raise BookingUnknown(f"no booking {booking_id}")
    return row


def _write(  # noqa: PLR0913 - a booking of this many parts
    card: scheduling.AppointmentCard,
    answers: Answers,
    *,
    language: str,
    now: datetime,
    client_id: int | None = None,
    member_id: str = "",
) -> int:
    # The same key twice is the same appointment, and so the same booking.
    if (known := Booking.objects.filter(appointment_id=card.id).first()) is not None:
        return known.pk
    booking = Booking(
        appointment_id=card.id,
        client_id=client_id,
        plan_id=answers.plan_id,
        pays_self=answers.plan_id is None,
        language=language,
        time_zone=answers.zone,
        created_at=now,
    )
    booking.request, booking.member_id = json.dumps(payload(answers)), member_id
    booking.told = tell(card, answers, now).kept()
    booking.save(force_insert=True)
    keep_terms(booking, now=now)
    audit.record(
        actor="visitor", action="took a time", subject=f"booking:{booking.pk}", detail={"appointment": str(card.id)}
    )
    return booking.pk


def location_for(profile: directory.Profile, modality: str, answers: Answers) -> int | None:
    if modality != "in_person":
        return None
    near = (place.id for place in profile.locations if place.jurisdiction == answers.jurisdiction)
    return next(near, None)


def _lasts(card: scheduling.AppointmentCard, now: datetime) -> bool:
    """Say whether the appointment is held; the others have no time at which they expire."""
    return card.hold_expires_at is not None and now < card.hold_expires_at
