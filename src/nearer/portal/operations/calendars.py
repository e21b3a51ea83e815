"""Telling therapists that a calendar of theirs has not been read for a while."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nearer.outbox import api as outbox
from nearer.portal.queries.calendars import mailboxes
from nearer.scheduling import api as scheduling


@transaction.atomic
def tell_of_calendars(*, now: datetime) -> int:
    """Write to each therapist with a calendar that has failed for hours, once for each time that it does.

    Returns how many were written to. Who has no desk yet sees it on their page when they come. The letter says
    neither which calendar nor where.
    """
    failing = scheduling.calendars_to_tell_of(now=now)
    addresses = mailboxes(failing)
    for therapist_id, address in sorted(addresses.items()):
        outbox.leave(
            kind="calendar-fails",
            key=f"calendar-fails:{therapist_id}:{now:%Y%m%d%H%M}",
            to=address,
            subject=_("A calendar needs a look"),
            body=_words(),
            now=now,
        )
    scheduling.note_told(calendar_ids=[each for ids in failing.values() for each in ids], now=now)
    return len(addresses)


def _words() -> str:
    return "\n\n".join(
        [
            _("Nearer has not been able to read a calendar that you connected for several hours."),
            _("The busy times it read last still count, so nobody can book you then. What you added since is missing."),
            _("Sign in and open “Calendars” to see which one it is, and why."),
        ]
    )
