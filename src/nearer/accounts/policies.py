"""What must be agreed to before someone is registered."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from nearer.accounts.vocabulary import CONSENTS


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
