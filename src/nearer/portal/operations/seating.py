"""Saying which therapist somebody is."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nearer.accounts import api as accounts
from nearer.audit import api as audit
from nearer.directory import api as directory
from nearer.portal.models import Seat
from nearer.scheduling import api as scheduling


class NoSuchTherapist(Exception):
    """Nobody in the directory has this NPI."""


class SeatTaken(Exception):
    """This therapist, or this person, has a seat already; or somebody would take one for themself."""


@transaction.atomic
def invite(  # noqa: PLR0913 - an invitation has this many parts
    *, email: str, kinds: Collection[str], npi: str, by: int | None, now: datetime, site: str
) -> int:
    """Let somebody sign in as these kinds, and as a therapist at the desk of the one with this NPI.

    :param by: who invites; None for the command line.
    :raises CannotInvite: no address, no role, or one that nobody knows.
    :raises NoSuchTherapist: nobody in the directory has this NPI, or it was left out or given for no reason.
    :raises SeatTaken: this therapist, or this person, has a seat already, or an operator would seat themself: at a desk
        stands what clients wrote.
    """
    if ("therapist" in kinds) != bool(npi):
        raise NoSuchTherapist(_("Give the NPI of a therapist, and leave it out for everybody else."))
    user_id = accounts.invite(email=email, kinds=kinds, by=by, now=now, site=site)
    if npi and user_id == by:
        raise SeatTaken(_("Nobody gives a desk to themself. Ask another operator, or whoever runs the server."))
    if npi:
        take_seat(user_id=user_id, npi=npi, by=by, now=now)
    return user_id


@transaction.atomic
def take_seat(*, user_id: int, npi: str, by: int | None, now: datetime) -> None:
    """Give somebody the desk of the therapist with this NPI. The same twice is once.

    :raises NoSuchTherapist: nobody in the directory has this NPI.
    :raises SeatTaken: this therapist, or this person, has a seat already.
    """
    therapist_id = directory.therapist_ids([npi]).get(npi)
    if therapist_id is None:
        raise NoSuchTherapist(_("Nobody in the directory has this NPI. Check the ten digits, or import them first."))
    Seat.objects.bulk_create([Seat(user_id=user_id, therapist_id=therapist_id, since=now)], ignore_conflicts=True)
    seat = Seat.objects.filter(user_id=user_id, therapist_id=therapist_id).first()
    if seat is None:
        raise SeatTaken(_("This therapist signs in with another address already, or this address is another’s."))
    if seat.since == now:
        actor = "system" if by is None else f"staff:{by}"
        audit.record(actor=actor, action="gave a desk", subject=f"therapist:{therapist_id}", detail={"staff": user_id})


@transaction.atomic
def withdraw(*, user_id: int, kind: str, by: int, now: datetime) -> None:
    """End a role, and with a therapist's their desk, so that it can be given to another address.

    :raises CannotWithdraw: it is one's own role as operator, or the last operator's.
    """
    accounts.withdraw_role(user_id=user_id, kind=kind, by=by, now=now)
    if kind == "therapist":
        leave_seat(user_id=user_id, by=by)


@transaction.atomic
def leave_seat(*, user_id: int, by: int) -> None:
    """Take the desk back from somebody; who has none stays without.

    With it goes the address of the calendar feed, which needs no signing in: who leaves would read on by it.
    """
    seat = Seat.objects.select_for_update().filter(user_id=user_id).first()
    if seat is not None:
        with suppress(scheduling.NoDiary):
            scheduling.revoke_feed(therapist_id=seat.therapist_id, by=f"staff:{by}")
        seat.delete()
        audit.record(actor=f"staff:{by}", action="took a desk back", subject=f"staff:{user_id}")
