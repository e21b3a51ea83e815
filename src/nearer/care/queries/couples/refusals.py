"""What two people are told when something can't be done: one sentence each, and never a word about the other."""

from __future__ import annotations

from django.utils.translation import gettext as _


class CoupleRefused(Exception):
    """This can't be done in a booking of two people; the message says why, to the one who asked."""


class LinkUsed(CoupleRefused):
    """The link in an invitation was used, or replaced by a newer one."""


class NotGoingAhead(CoupleRefused):
    """The time of two people was declined, left, run out or called off; nobody is told which."""


class SamePerson(CoupleRefused):
    """Whoever proved who they are is the other partner, or reads the other's mailbox."""


class Changed(CoupleRefused):
    """What was agreed to is not what is asked any more."""


class NotForBoth(CoupleRefused):
    """The therapist does not fit both; because of whom or what is not said."""


def link_used() -> LinkUsed:
    return LinkUsed(
        _(
            "This link was used already, or a newer one was sent. Please open the page from our latest e-mail, "
            "or ask for a new link."
        )
    )


def not_going_ahead() -> NotGoingAhead:
    return NotGoingAhead(_("This time is not going ahead, so there is nothing left to answer."))


def same_person() -> SamePerson:
    return SamePerson(
        _(
            "This is the person who asked. The link is for the other one: each of you signs up with an own e-mail and "
            "birth date. What you typed is still here."
        )
    )


def same_mailbox() -> SamePerson:
    return SamePerson(
        _("This address belongs to this booking already. Each of you needs one that only you read. Please use another.")
    )


def changed() -> Changed:
    return Changed(_("The time has changed since you opened this page. Please look at it again."))


def not_for_both() -> NotForBoth:
    return NotForBoth(
        _("This therapist does not fit everything that the two of you need. These people do, at times you both could.")
    )


def too_many_invitations() -> CoupleRefused:
    return CoupleRefused(_("We have sent this link five times. Please ask the other person to look for our e-mail."))


def taken_sentence() -> str:
    """Return what is said where something in the other one's life stands against a time: what is said of any."""
    return _("This time was just taken. Please choose another one.")
