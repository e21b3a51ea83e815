"""Jurisdictions as people write them, and their clocks."""

from __future__ import annotations

from functools import cache

import us

from nearer.directory import vocabulary


@cache
def jurisdiction(text: str) -> str | None:
    """Return the two-letter code of a state or territory written as a code or in full; None if it is none of ours."""
    word = " ".join(text.replace(".", "").split())
    if word.upper() in vocabulary.JURISDICTIONS:
        return word.upper()
    return next((code for code, name in vocabulary.JURISDICTIONS.items() if name.casefold() == word.casefold()), None)


@cache
def time_zone_of(code: str) -> str:
    """Return the time zone of a jurisdiction's capital.

    Fifteen states have two zones. An address says too little to choose between them without a table of postal codes
    that may be redistributed, so a source that knows better (a roster) may say so.

    :raises KeyError: `code` is no jurisdiction.
    """
    state = us.states.lookup(code, field="abbr")
    if state is None:
        raise KeyError(code)
    zone: str = state.capital_tz
    return zone
