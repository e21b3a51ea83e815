"""Who may book."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from nearer.accounts.api import age_band

GROWN = frozenset({"adult", "older"})


class TooYoung(Exception):
    """A guardian has to agree first, and there is no way to do that here yet."""


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
