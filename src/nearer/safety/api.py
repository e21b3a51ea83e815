"""The face of safety: whom to call, and whether our list of them is still fresh."""

from __future__ import annotations

from datetime import date

from nearer.safety.queries import countries
from nearer.safety.rules import CHECK_EVERY, CountryHelp, CrisisDataUnusable, CrisisLine, TextNumber, overdue

__all__ = [
    "CHECK_EVERY",
    "CountryHelp",
    "CrisisDataUnusable",
    "CrisisLine",
    "TextNumber",
    "countries",
    "crisis_lines",
    "overdue_lines",
]


def crisis_lines(country: str = "US") -> CountryHelp:
    """Return help in a country by its two-letter code; the United States' where we know none there."""
    known = {each.code: each for each in countries()}
    return known.get(country.upper(), countries()[0])


def overdue_lines(on: date) -> tuple[CrisisLine, ...]:
    """Return the lines that a person should check again, as of `on`."""
    return overdue(countries(), on)
