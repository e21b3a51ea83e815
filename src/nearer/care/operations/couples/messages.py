"""The e-mails of two people. None says who the other is, what either said, or why something does not go ahead."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as meant

from nearer.care.models import Booking
from nearer.care.operations.messages import link, may_write
from nearer.care.queries.booking import card_of
from nearer.care.rules.invitations import seal_invitation
from nearer.outbox import api as outbox

KIND = "couple"


def invited(  # noqa: PLR0913 - a message of this many parts
    *, to: str, couple_id: int, part: str, until: datetime, site: str, now: datetime
) -> None:
    """Send the link to whoever was asked, in the language of this page: we know nobody's yet."""
    address = site.rstrip("/") + reverse("care:partner", args=[seal_invitation(couple_id, part, until)])
    body = [
        _("Hello,"),
        _("someone close to you holds a time for the two of you, and asks whether it suits you."),
        _("This page shows what it is about. You can say yes, ask for another time, or say no without a reason."),
        address,
        _("The link is yours alone; please don't share it. If this means nothing to you, do nothing: it runs out."),
    ]
    outbox.leave(
        kind=KIND, key=f"invited:{part}", to=to, subject=_("A time for the two of you"), body="\n\n".join(body), now=now
    )


def own_page(row: Booking, *, number: int, site: str, now: datetime) -> None:
    """Give someone the key to their own page, for the `number`th time."""
    lines = meant("On this page you see whether the time for the two of you is waiting, ready or not going ahead.")
    _leave(row, f"own page {number}", meant("Your page for this time"), lines, site, now)


def proposed(row: Booking, *, site: str, now: datetime) -> None:
    """Say that another time is asked for."""
    lines = meant("Another time for the two of you is asked for. On your page you can say yes, or ask for another.")
    _leave(row, "proposed", meant("A question about your time"), lines, site, now)


def ended(row: Booking, *, site: str, now: datetime) -> None:
    """Say that it does not go ahead: the same words whoever ended it, and however."""
    lines = meant("The time for the two of you is not going ahead. Nothing is owed. This page leads to others.")
    _leave(row, "ended", meant("About your time"), lines, site, now)


def _leave(  # noqa: PLR0913, PLR0917 - a message of this many parts
    row: Booking, what: str, subject: str, lines: str, site: str, now: datetime
) -> None:
    card = card_of(row, now)
    if card.client is None or not card.client.is_verified or not may_write(card):
        return
    with translation.override(row.language):
        body = [
            _("Hello,"),
            _(lines),
            link(card, site),
            _("The link is yours alone; please don't share it."),
        ]
        outbox.leave(
            kind=KIND,
            key=f"{what}:{row.pk}:{card.appointment.id}:{card.appointment.status}",
            to=card.client.email,
            subject=_(subject),
            body="\n\n".join(body),
            now=now,
        )
