"""What every step of two people begins and ends with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from nearer.accounts import api as accounts
from nearer.audit import api as audit
from nearer.care.models import Booking
from nearer.care.operations.telling import tell
from nearer.care.queries.couples.fitting import joint_answers
from nearer.care.queries.couples.pairs import Pair, answers_of, couple_of, locked_pair
from nearer.care.queries.couples.refusals import changed, not_going_ahead
from nearer.care.queries.couples.standing import over
from nearer.care.rules import couples
from nearer.care.rules.told import Told
from nearer.scheduling import api as scheduling


def locked(booking_id: int) -> tuple[Pair, Booking]:
    """Return the couple of a booking, and this booking, which nobody else changes until the transaction ends.

    :raises BookingUnknown: there is no such booking.
    :raises NotGoingAhead: it belongs to no couple.
    """
    couple_id = couple_of(booking_id)
    if couple_id is None:
        raise not_going_ahead()
    found = locked_pair(couple_id)
    row = next((each for each in found.bookings if each.pk == booking_id), None)
    if row is None:
        raise not_going_ahead()
    return found, row


def check_step(found: Pair, step: str, now: datetime) -> scheduling.AppointmentCard:
    """Refuse a step that does not lead anywhere from here, and return the appointment that it is about.

    :raises NotGoingAhead: it has ended, or nobody holds the time any more.
    :raises Changed: it is agreed already, or was not asked yet.
    """
    card = scheduling.appointment(found.first.appointment_id)
    if found.couple.status == couples.ENDED or over(found, card, now):
        raise not_going_ahead()
    if couples.after(step, found.couple.status) is None:
        raise changed()
    return card


def record(row: Booking, action: str) -> None:
    """Write in the audit that one of two did something; never what they said."""
    audit.record(actor=f"client:{row.client_id}", action=action, subject=f"booking:{row.pk}")


def forget_typed(row: Booking | None) -> None:
    """Forget the other person's booking, and whoever was typed there and never proved it."""
    if row is None:
        return
    client_id = row.client_id
    row.delete()
    if client_id is not None:
        accounts.forget(client_ids=[client_id])


def tell_both(found: Pair, card: scheduling.AppointmentCard, now: datetime) -> None:
    """Write down for each what they are told, from facts that can't change meanwhile; for each their own alone.

    :raises NotEligible: by now this therapist may not see the two of them on that day.
    """
    base = tell(card, joint_answers(found), now, age_bands=_ages(found, card))
    for row in found.bookings:
        row.told = own_part(base, found, row).kept()
        row.save(update_fields=["told_sealed", "appointment"])


def own_part(told: Told, found: Pair, row: Booking) -> Told:
    """Return what one of two may be told: the first also of the place that they named for the other."""
    return told.for_one(answers_of(row).jurisdictions("couples"), is_billed=row.place == found.couple.billed)


def _ages(found: Pair, card: scheduling.AppointmentCard) -> Sequence[str]:
    known = [(accounts.client(row.client_id), row.time_zone) for row in found.bookings if row.client_id is not None]
    on = card.session.start
    return tuple(
        dict.fromkeys(accounts.age_band(each.birth_date, on.astimezone(ZoneInfo(zone)).date()) for each, zone in known)
    )
