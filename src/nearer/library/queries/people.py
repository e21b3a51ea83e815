"""The people of the library, and what they stand for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nearer.library.models import Contributor
from nearer.library.queries.reading import readable
from nearer.library.queries.signatures import public_editions
from nearer.library.queries.unfolding import article_of, card_of
from nearer.library.records import ArticleCard, Part, PersonPage


def person(slug: str, language: str, *, on: date) -> PersonPage | None:
    """Return somebody's page with the articles that may be read on a day; None where there are none. Two queries."""
    row = Contributor.objects.filter(slug=slug).first()
    if row is None:
        return None
    articles = tuple(_theirs(slug, language, on))
    if not articles:
        return None
    licence = (row.licence_kind, row.licence_jurisdiction, row.licence_number)
    return PersonPage(
        slug=row.slug,
        name=row.name,
        credentials=row.credentials,
        licence=" ".join(filter(None, licence)),
        about=(row.about_es or row.about) if language == "es" else row.about,
        conflicts=row.conflicts,
        is_demonstration=row.is_demonstration,
        articles=articles,
    )


def _theirs(slug: str, language: str, on: date) -> Iterable[tuple[Part, ArticleCard]]:
    rows = public_editions().filter(article__locale__language_code=language)
    for signed in readable(rows, on):
        article = article_of(signed, related=(), languages=(), today=on)
        for each in article.people:
            if each.slug == slug:
                yield each.part, card_of(signed)
