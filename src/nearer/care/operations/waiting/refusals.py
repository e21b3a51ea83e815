"""What is refused on the waiting list, in the sentence that a person reads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nearer.care.records import BookingCard
from nearer.care.rules.stages import CONFIRMED
from nearer.scheduling.api import NotAllowed


def check_may_ask_sooner(card: BookingCard) -> None:
    """Refuse to look for an earlier time where there is none to be earlier than, or no way to tell of it.

    :raises NotAllowed: with the sentence to show.
    """
    if card.stage.name != CONFIRMED:
        raise NotAllowed(_("Only a time that is confirmed can be made sooner."))
    if card.appointment.service == "couples":
        raise NotAllowed(_("A time for two is moved by both of you. Please ask for another one on its page."))
    if card.client is None or "email" not in card.client.safe_to_reach:
        raise NotAllowed(_("We could only tell you by e-mail, and you did not choose it as a safe way."))


def offer_over() -> NotAllowed:
    return NotAllowed(_("This time is no longer held for you. If you still wait, we tell you of the next one."))
