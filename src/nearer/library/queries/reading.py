"""Articles as they are read. Every word comes out of a text whose signatures were checked a moment before."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from nearer.library.models import Edition
from nearer.library.queries.signatures import NotValid, Signed, checked, public_editions
from nearer.library.queries.unfolding import article_of, card_of
from nearer.library.records import ArticleCard, ReadArticle
from nearer.library.rules.terms import is_gone

log = logging.getLogger(__name__)


def published(slug: str, language: str, *, on: date) -> ReadArticle | None:
    """Return an article as it may be read on a day; None where no valid signature lets it. Two queries.

    A signature that is not real counts as none, and is logged.
    """
    rows = public_editions().filter(article__slug=slug)
    here = {signed.content["language"]: signed for signed in readable(rows, on) if signed.content["slug"] == slug}
    if language not in here:
        return None
    names = here[language].content["related"]
    cards = {card.slug: card for card in _cards(public_editions().filter(_in(language), article__slug__in=names), on)}
    related = tuple(cards[name] for name in names if name in cards)
    return article_of(here[language], related=related, languages=tuple(sorted(here)), today=on)


def shelf(language: str, *, on: date) -> tuple[ArticleCard, ...]:
    """Return everything that may be read in a language on a day, by slug. One query."""
    return tuple(_cards(public_editions().filter(_in(language)), on))


def _in(language: str) -> Q:
    return Q(article__locale__language_code=language)


def _cards(rows: Iterable[Edition], on: date) -> Iterable[ArticleCard]:
    return (card_of(signed) for signed in readable(rows, on))


def readable(rows: Iterable[Edition], on: date) -> Iterable[Signed]:
    """Yield the texts among these that may be read on a day; one whose signature is not real is logged and left out."""
    for row in rows:
        try:
            signed = checked(row)
        except NotValid as reason:
            log.error("Not shown: %s.", reason)  # noqa: TRY400 - the sentence says it all
            continue
        if not is_gone(signed.due_on, on):
            yield signed
