"""The pages of the waiting list."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nearer.care.pages.times import day_words, time_words, when_words
from nearer.care.queries.waiting import WaitCard
from nearer.directory.api import vocabulary


@dataclass(frozen=True, slots=True)
class WaitPage:
    """One place on the list, in words. `stage` is code, offered or waiting."""

    token: str
    stage: str
    email: str
    is_sooner: bool
    ends: str
    when: str
    name: str
    how: str
    until: str
    hours: int


def wait_page(card: WaitCard, token: str) -> WaitPage:
    """Return a place on the list as its page shows it, in the zone it was asked for in."""
    offer, zone = card.offer, ZoneInfo(card.time_zone)
    stage = "code" if not card.is_proven else "offered" if offer else "waiting"
    until = offer.until.astimezone(zone) if offer else None
    return WaitPage(
        token=token,
        stage=stage,
        email=card.email,
        is_sooner=card.booking_id is not None,
        ends=date_format(card.expires_at.astimezone(zone), "DATE_FORMAT"),
        when=when_words(offer.session, card.time_zone) if offer else "",
        name=offer.name if offer else "",
        how=str(vocabulary.MODALITIES[offer.modality]) if offer else "",
        until=f"{day_words(until)}, {time_words(until)}" if until else "",
        hours=settings.NEARER_OFFER_HOURS,
    )


def code_sent() -> str:
    return _("A new code is on its way, unless this address was sent five in the last hour. Use the newest one.")
