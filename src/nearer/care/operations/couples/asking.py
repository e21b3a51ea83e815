"""What each says alone; and asking the other person."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from nearer.accounts import api as accounts
from nearer.care.models import Aside, Booking, Couple
from nearer.care.operations.apart import check_apart
from nearer.care.operations.couples import messages
from nearer.care.operations.couples.steps import check_step, locked, record
from nearer.care.operations.holding import keep_held
from nearer.care.operations.holding import locked as locked_booking
from nearer.care.queries.couples.pairs import is_proven
from nearer.care.queries.couples.refusals import CoupleRefused, changed, too_many_invitations
from nearer.care.queries.terms import policy_for
from nearer.care.rules import couples
from nearer.care.rules.couples import FIRST, NOBODY, SECOND, Said
from nearer.scheduling import api as scheduling

MOST_INVITATIONS = 5
#: Links that one person may have sent in a day, whichever times they are about: nobody is to be pressed by them.
MOST_A_DAY = 10


@transaction.atomic
def say_alone(*, booking_id: int, answer: str, may_read: bool, now: datetime) -> None:
    """Keep what one of two said alone, sealed, in the place of what they said before.

    Whatever it is, the same rows are written, equally long, and nothing else happens.

    :raises BookingUnknown: there is no such booking.
    """
    row = locked_booking(booking_id)
    if row.couple_id is None:
        row.couple = Couple.objects.create(created_at=now)
        row.save(update_fields=["couple"])
    aside = Aside.objects.filter(booking=row).first() or Aside(booking=row)
    aside.said = Said(answer, may_read).kept()
    aside.save()
    record(row, "spoke alone")


@transaction.atomic
def ask(  # noqa: PLR0913 - a question of this many parts
    *, booking_id: int, start: datetime, email: str, billed: int, site: str, now: datetime
) -> None:
    """Ask the other person: keep the time until they answer, and send them a link. Asking again sends a newer one.

    Whoever is there already gets the key to their own page instead, where they said it goes, and the one who asks can't
    tell.

    A hold that has run out is taken again first, if the time is still free.

    :raises NotGoingAhead, Changed: it ended, or the other person has answered.
    :raises CoupleRefused: this is their own address, or the link was sent often enough.
    :raises OpeningTaken, NotTaking, NotEligible, HoldExpired: the time is gone, or a fact stands against it.
    """
    found, row = locked(booking_id)
    couple = found.couple
    check_step(found, "ask", now)
    if row.place != FIRST or (couple.status == couples.WAITING and couple.turn != SECOND):
        raise changed()
    _check_may_send(couple, row.client_id, email, now)
    if couple.status == couples.OPEN:
        keep_held(booking_id=booking_id, start=start, now=now)
        row.refresh_from_db()
        _keep(couple, row.pk, row.appointment_id, row.client_id, row.time_zone, now)
        couple.billed = billed if row.plan_id is not None else NOBODY
    couple.invitations += 1
    record(row, "asked the other person")
    messages.own_page(row, number=couple.invitations, site=site, now=now)
    if found.second is not None and is_proven(found.second):
        messages.own_page(found.second, number=couple.invitations, site=site, now=now)
    else:
        _send(couple, email, site=site, now=now)
    couple.save()


def _send(couple: Couple, email: str, *, site: str, now: datetime) -> None:
    couple.invitation = secrets.token_urlsafe(9)
    assert couple.waits_until is not None
    messages.invited(
        to=email, couple_id=couple.pk, part=couple.invitation, until=couple.waits_until, site=site, now=now
    )


def _check_may_send(couple: Couple, client_id: int | None, email: str, now: datetime) -> None:
    if couple.invitations >= MOST_INVITATIONS:
        raise too_many_invitations()
    assert client_id is not None
    asked = Booking.objects.filter(client_id=client_id, place=FIRST, couple__created_at__gt=now - timedelta(days=1))
    if (asked.aggregate(sent=Sum("couple__invitations"))["sent"] or 0) >= MOST_A_DAY:
        raise CoupleRefused(_("That was many links in one day. Please wait until tomorrow before you send another."))
    if accounts.client(client_id).email.strip().casefold() == email.strip().casefold():
        raise CoupleRefused(_("This is your own address. The link goes to the other person, to one that they read."))


def _keep(  # noqa: PLR0913, PLR0917 - a hold of this many parts
    couple: Couple, booking_id: int, appointment_id: int, client_id: int | None, zone: str, now: datetime
) -> None:
    card = scheduling.appointment(appointment_id)
    wait = timedelta(hours=policy_for(booking_id).couples.answer_hours)
    couple.waits_until = couples.keeps_until(now, wait, card.session.start)
    scheduling.keep(appointment_id=appointment_id, until=couple.waits_until, now=now)
    assert client_id is not None
    scheduling.attend(appointment_id=appointment_id, client_id=client_id, now=now)
    check_apart(client_id=client_id, card=card, zone=zone)
    couple.status, couple.turn = couples.after("ask", couple.status) or couple.status, SECOND
