"""Telling the database that a public article is being saved as a whole, with the hash of what it says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def saved_whole(article_id: int | None) -> Iterator[None]:
    """Open, for one article and this transaction, what the database otherwise refuses: changes to a public text."""
    _say(str(article_id or ""))
    yield
    _say("")


def _say(article_id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('nearer.saved_article', %s, true)", [article_id])
