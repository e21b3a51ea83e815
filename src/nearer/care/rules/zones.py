"""In which time zone someone reads times, until they say otherwise: that of their state's capital."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

import us

#: Zones whose clocks run as one with a name that people know.
_SAME_CLOCK: Mapping[str, str] = {
    "America/Indiana/Indianapolis": "America/New_York",
    "America/North_Dakota/Center": "America/Chicago",
}
FALLBACK = "America/New_York"

#: The zones offered in a list; any other IANA zone is understood too.
OFFERED = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
    "Pacific/Samoa",
)


def zone_of(jurisdiction: str) -> str:
    """Return the zone that a jurisdiction's capital keeps."""
    zone = _capitals().get(jurisdiction) or FALLBACK
    return _SAME_CLOCK.get(zone, zone)


def is_zone(name: str) -> bool:
    """Say whether this names a zone."""
    return name in _known()


@cache
def _capitals() -> Mapping[str, str | None]:
    return {place.abbr: place.capital_tz for place in (*us.STATES, us.states.DC, *us.TERRITORIES)}


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())
