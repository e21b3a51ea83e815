"""Keeping one's own therapy and that of two people apart: other people, other days."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nearer.care.policies import same_day_sentence
from nearer.care.queries.couples.fitting import other_sessions
from nearer.care.rules.couples import day_of
from nearer.directory.api import NotEligible
from nearer.scheduling.api import AppointmentCard, NotAllowed


def check_for_one(service: str) -> None:
    """Refuse to let one of two people do alone what both have to agree to.

    :raises NotAllowed: with the sentence to show.
    """
    if service == "couples":
        raise NotAllowed(_("This time is for two people, and both have to agree. Please reload the page."))


def check_apart(*, client_id: int, card: AppointmentCard, zone: str) -> None:
    """Refuse a time with someone who sees this client in the other way, or on the local day of the other way's time.

    Within the client's turn (after `scheduling.attend`), so that two halves booked at once can't both pass.

    :raises NotEligible: with the sentence to show.
    """
    others = other_sessions([client_id], of_couples=card.service != "couples")
    if any(other.therapist_id == card.therapist_id for other in others):
        raise NotEligible(_("This person already sees you in another way. Please choose someone else."))
    day = day_of(card.session.start, zone)
    if any(day_of(other.session.start, zone) == day for other in others):
        raise NotEligible(same_day_sentence())
