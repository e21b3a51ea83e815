"""What must be agreed to before someone is registered, and who may be let in or out."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from nearer.accounts.vocabulary import CONSENTS, KINDS


class ConsentMissing(Exception):
    """Something that must be agreed to was not, or nobody knows what was agreed to."""


def check_consents(kinds: Collection[str]) -> None:
    """Refuse a registration without what every client must agree to.

    What hangs on how the session is held is asked by whoever knows that.

    :raises ConsentMissing: with the sentence to show.
    """
    known = {consent.kind for consent in CONSENTS}
    always = {consent.kind for consent in CONSENTS if consent.required and not consent.modality}
    if not known.issuperset(kinds):
        raise ConsentMissing(_("We don’t know what was agreed to here. Please go through the list again."))
    if not always.issubset(kinds):
        raise ConsentMissing(_("We can’t book a time without your agreement to this."))


class CannotInvite(Exception):
    """This address or these roles can't be invited."""


class CannotWithdraw(Exception):
    """This role can't be taken back."""


def check_invitation(kinds: Collection[str]) -> None:
    """Refuse an invitation to nothing, or to something nobody knows.

    :raises CannotInvite: with the sentence to show.
    """
    if not kinds:
        raise CannotInvite(_("Choose at least one role."))
    if not set(KINDS).issuperset(kinds):
        raise CannotInvite(_("There is no such role. Choose one from the list."))


def check_withdrawal(kind: str, *, own: bool, operators: int) -> None:
    """Refuse to take a role back where nobody could undo it: one's own as operator, or the last operator's.

    :param operators: how many operators there are before.
    :raises CannotWithdraw: with the sentence to show.
    """
    if kind != "operator":
        return
    if own:
        raise CannotWithdraw(_("You can’t end your own role as operator. Ask another operator to do it."))
    if operators <= 1:
        raise CannotWithdraw(_("This is the last operator. Invite another one first."))
