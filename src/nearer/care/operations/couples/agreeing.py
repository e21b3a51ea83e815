"""Agreeing on a time, or asking for another one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from nearer.care.models import Aside, Booking
from nearer.care.operations.apart import check_apart
from nearer.care.operations.couples import messages
from nearer.care.operations.couples.steps import check_step, locked, record, tell_both
from nearer.care.operations.holding import location_for
from nearer.care.operations.messages import confirmed
from nearer.care.queries.booking import card_of
from nearer.care.queries.couples.fitting import fits, fitting, joint_answers
from nearer.care.queries.couples.pairs import Pair, is_proven
from nearer.care.queries.couples.refusals import changed, not_for_both, taken_sentence
from nearer.care.queries.terms import policy_for
from nearer.care.rules import couples
from nearer.care.rules.keys import key_of
from nearer.directory.api import NotEligible
from nearer.matching.api import Match
from nearer.scheduling import api as scheduling


@transaction.atomic
def accept(*, booking_id: int, appointment_id: int, site: str, now: datetime) -> None:
    """Say yes to the time that the other asked for: it is confirmed for both. Twice is once.

    :param appointment_id: the one that was shown: nobody agrees to another than they saw.
    :raises NotGoingAhead: the time is gone.
    :raises Changed: it is another time by now, or the other's turn.
    :raises NotForBoth: the therapist does not fit both.
    :raises ClientBusy, OpeningTaken, NotEligible: something of this person's own, or of nobody's, stands against it.
    """
    found, row = locked(booking_id)
    if found.couple.status == couples.READY and row.appointment_id == appointment_id:
        return
    card = check_step(found, "accept", now)
    if row.place != found.couple.turn or row.appointment_id != appointment_id or not _may_agree(found):
        raise changed()
    if not fits(found, now):
        raise not_for_both()
    _attend(found, row, card, now)
    tell_both(found, card, now)
    scheduling.confirm(appointment_id=card.id, now=now)
    _settle(found, "accept", now)
    record(row, "agreed to the time")
    for each in found.bookings:
        confirmed(card_of(each, now), site=site, now=now)


@transaction.atomic
def propose(  # noqa: PLR0913 - a time of this many parts
    *, booking_id: int, npi: str, modality: str, start: datetime, site: str, now: datetime
) -> None:
    """Ask for another time, with this therapist or another who fits both: it is kept in place of the one before.

    Where it can't be held, the one before stays. The same time again changes nothing.

    :raises NotGoingAhead, Changed: it ended, is agreed, or the other person has not answered yet.
    :raises NotForBoth: this therapist does not fit both, or not then.
    :raises OpeningTaken, NotTaking, NotEligible: the time is gone, or a fact stands against it.
    :raises TherapistUnknown, PlanUnknown: there is no such therapist, or the plan has ended.
    """
    found, row = locked(booking_id)
    before = check_step(found, "propose", now)
    if not (_may_agree(found) and couples.may_propose(row.place, found.couple.turn)):
        raise changed()
    verdict = fitting(found, npi, now)
    if not isinstance(verdict, Match):
        raise not_for_both()
    if (before.therapist_id, before.session.start) == (verdict.profile.id, start):
        return
    card = _swapped(found, before, verdict, modality, start, now)
    found.couple.turn = couples.other(row.place)
    found.couple.save()
    _attend(found, row, card, now, only=row)
    record(row, "asked for another time")
    others = found.others(row)
    assert others is not None
    messages.proposed(others, site=site, now=now)


def _may_agree(found: Pair) -> bool:
    """Say whether both are there, proved who they are, and said alone what there was to say."""
    rows = found.bookings
    spoken = Aside.objects.filter(booking__in=[row.pk for row in rows]).count()
    return len(rows) == len(couples.PLACES) == spoken and all(is_proven(row) for row in rows)


def _swapped(  # noqa: PLR0913, PLR0917 - a hold of this many parts
    found: Pair,
    before: scheduling.AppointmentCard,
    match: Match,
    modality: str,
    start: datetime,
    now: datetime,
) -> scheduling.AppointmentCard:
    joint = joint_answers(found)
    scheduling.take_turns([before.therapist_id, match.profile.id])
    scheduling.release(appointment_id=before.id, now=now)
    held = scheduling.hold(
        therapist_id=match.profile.id,
        service="couples",
        modality=modality,
        location_id=location_for(match.profile, modality, joint),
        start=start,
        length=timedelta(minutes=match.service.intake_minutes),
        client_zone=joint.zone,
        key=key_of("couple", str(found.couple.pk), str(before.id), match.profile.npi, start.isoformat()),
        now=now,
    )
    wait = timedelta(hours=policy_for(found.first.pk).couples.answer_hours)
    found.couple.waits_until = couples.keeps_until(now, wait, start)
    card = scheduling.keep(appointment_id=held.id, until=found.couple.waits_until, now=now)
    for row in found.bookings:
        row.appointment_id = card.id
    tell_both(found, card, now)
    return card


def _attend(
    found: Pair, asker: Booking, card: scheduling.AppointmentCard, now: datetime, *, only: Booking | None = None
) -> None:
    """Put down who attends, the smaller client id first. What stands against it in the other's life is nobody's.

    :raises ClientBusy, NotEligible: this person has something else at that time, or on that day.
    :raises OpeningTaken: something else stands against it.
    """
    rows = [only] if only is not None else found.bookings
    for row in sorted(rows, key=lambda each: each.client_id or 0):
        assert row.client_id is not None
        try:
            scheduling.attend(appointment_id=card.id, client_id=row.client_id, now=now)
            check_apart(client_id=row.client_id, card=card, zone=row.time_zone)
        except (scheduling.ClientBusy, NotEligible):
            if row.pk == asker.pk:
                raise
            raise scheduling.OpeningTaken(taken_sentence()) from None


def _settle(found: Pair, step: str, now: datetime) -> None:
    couple = found.couple
    couple.status, couple.settled_at = couples.after(step, couple.status) or couple.status, now
    couple.save()
