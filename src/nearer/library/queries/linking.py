"""Which articles a text may lead to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from nearer.library.queries.reading import readable
from nearer.library.queries.signatures import public_editions


def readable_among(slugs: Collection[str], language: str, *, on: date) -> frozenset[str]:
    """Return which of these articles may be read in a language on a day. One query, none where there are no names."""
    if not slugs:
        return frozenset()
    rows = public_editions().filter(article__locale__language_code=language, article__slug__in=sorted(slugs))
    return frozenset(signed.content["slug"] for signed in readable(rows, on))
