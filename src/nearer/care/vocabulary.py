"""The words of the journey that more than one place needs."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: The journey, step by step, as its progress is shown.
STEPS = 6

ZONES: Mapping[str, Promise] = {
    "America/New_York": _("Eastern time"),
    "America/Chicago": _("Central time"),
    "America/Denver": _("Mountain time"),
    "America/Phoenix": _("Arizona time"),
    "America/Los_Angeles": _("Pacific time"),
    "America/Anchorage": _("Alaska time"),
    "Pacific/Honolulu": _("Hawaii time"),
    "America/Puerto_Rico": _("Puerto Rico time"),
    "Pacific/Guam": _("Guam time"),
    "Pacific/Samoa": _("Samoa time"),
}


def zone_words(zone: str) -> str:
    """Return what people call a zone; one without a name of its own is called by its place."""
    known = ZONES.get(zone)
    return str(known) if known is not None else zone.rpartition("/")[2].replace("_", " ")
