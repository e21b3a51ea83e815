"""Jurisdictions as people write them."""

from __future__ import annotations

from functools import cache

from nearer.directory import vocabulary


@cache
def jurisdiction(text: str) -> str | None:
    """Return the two-letter code of a state or territory written as a code or in full; None if it is none of ours."""
    word = " ".join(text.replace(".", "").split())
    if word.upper() in vocabulary.JURISDICTIONS:
        return word.upper()
    return next((code for code, name in vocabulary.JURISDICTIONS.items() if name.casefold() == word.casefold()), None)
