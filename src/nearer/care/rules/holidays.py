"""Public holidays, by state."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache

from holidays import country_holidays

_STATES = frozenset(country_holidays("US").subdivisions)


def public_holidays(state: str, days: Collection[date]) -> Mapping[date, str]:
    """Return which of these days are public holidays in a state or territory, each with its name in English.

    Where a state is not known, those of the whole country count.
    """
    found = {year: _of_year(state if state in _STATES else "", year) for year in {day.year for day in days}}
    return {day: found[day.year][day] for day in days if day in found[day.year]}


@cache
def _of_year(state: str, year: int) -> Mapping[date, str]:
    return dict(country_holidays("US", subdiv=state or None, years=year))
