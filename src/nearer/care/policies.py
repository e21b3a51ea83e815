"""Who may book."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from nearer.accounts.api import age_band
from nearer.care.records import BookingCard
from nearer.care.rules.answers import Answers
from nearer.care.rules.couples import day_of
from nearer.care.rules.policy import Policy
from nearer.care.rules.stages import CONFIRMED
from nearer.directory.api import NotEligible
from nearer.foundation.timerange import TimeRange
from nearer.scheduling.api import AppointmentCard, AppointmentUnknown, NotAllowed, may_move

#: An appointment in one of these keeps its booking; another time is another booking.
ENDED = frozenset({"cancelled", "completed", "no_show"})
GROWN = frozenset({"adult", "older"})


class TooYoung(Exception):
    """A guardian has to agree first, and there is no way to do that here yet."""


def check_not_left_out(therapist_id: int, answers: Answers) -> None:
    """Refuse a therapist whom this search leaves out: who sees a couple sees neither of them alone.

    :raises NotEligible: with the sentence to show.
    """
    if therapist_id in answers.excluded:
        raise NotEligible(_("This person already sees you in another way. Please choose someone else."))


def check_not_same_day(start: datetime, answers: Answers) -> None:
    """Refuse a time on a day that this search keeps apart: no plan pays one client for both kinds on one day.

    :raises NotEligible: with the sentence to show.
    """
    if day_of(start, answers.zone) in answers.apart:
        raise NotEligible(same_day_sentence())


def same_day_sentence() -> str:
    return _(
        "You have the other time on that day. Plans don’t pay for a session of your own and one together on the same "
        "day, so please choose another day."
    )


def check_open(status: str) -> None:
    """Refuse to go on with a booking whose appointment has ended.

    :raises NotAllowed: with the sentence to show.
    """
    if status in ENDED:
        raise NotAllowed(_("This time is over or was cancelled. You can choose another one."))


def check_of_age(birth_date: date, on: date) -> None:
    """Refuse to book for a child or teenager.

    :raises TooYoung: with the sentence to show.
    """
    if age_band(birth_date, on) not in GROWN:
        raise TooYoung(
            _(
                "We can't book for someone under 18 yet, since a parent or guardian has to agree first. "
                "A school counselor or a family doctor can help to find someone."
            )
        )


def check_theirs(card: AppointmentCard, therapist_id: int) -> None:
    """Refuse a therapist an appointment that is not theirs, as if there were none.

    :raises AppointmentUnknown: with the sentence to show.
    """
    if card.therapist_id != therapist_id:
        raise AppointmentUnknown(_("There is no such appointment."))


def check_reason(reason: str, policy: Policy) -> None:
    """Refuse to let a fee go for what was not agreed.

    :raises NotAllowed: with the sentence to show.
    """
    if reason and reason not in policy.waivers.reasons:
        raise NotAllowed(_("This is none of the reasons for which the fee can be let go."))


def check_waited(session: TimeRange, *, minutes: int, now: datetime) -> None:
    """Refuse to call a session missed before the agreed wait is over.

    :raises NotAllowed: with the sentence that says how long it is.
    """
    if session.start <= now < session.start + timedelta(minutes=minutes):
        raise NotAllowed(
            _("You agreed to wait %(minutes)d minutes. After that you can say that nobody came.") % {"minutes": minutes}
        )


def check_may_ask(card: AppointmentCard, *, people: int, now: datetime) -> None:
    """Refuse to ask for another time where there is none to move, or where two would have to agree.

    :raises NotAllowed: with the sentence to show.
    """
    if not may_move(card, now=now):
        raise NotAllowed(_("Only an appointment that is confirmed and has not begun can be moved."))
    if people != 1:
        raise NotAllowed(
            _("This time belongs to two people, so it can’t be moved from here. Cancel it, and both see other times.")
        )


def may_have_series(card: BookingCard, *, now: datetime) -> bool:
    """Say whether further sessions can follow this one: it is confirmed, one person's own, and not over for long."""
    return card.stage.name == CONFIRMED and not card.is_couple and now < card.appointment.session.end


def check_may_have_series(card: BookingCard, *, now: datetime) -> None:
    """Refuse sessions after a time that is none, or that is two people's.

    :raises NotAllowed: with the sentence to show.
    """
    if not may_have_series(card, now=now):
        raise NotAllowed(_("Further times can follow a confirmed time of your own, before it is over."))


def may_look_again(card: BookingCard) -> bool:
    """Say whether someone may say that it wasn't the right fit: once a time of their own was confirmed."""
    return card.stage.is_settled and card.client is not None and not card.is_couple


def check_may_look_again(card: BookingCard) -> None:
    """Refuse to look again before anything was found.

    :raises NotAllowed: with the sentence to show.
    """
    if not may_look_again(card):
        raise NotAllowed(_("You can look for someone else on the page of a time that was confirmed."))
