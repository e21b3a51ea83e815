"""Finding articles by what they say, and by what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from nearer.library.models import KnownWord
from nearer.library.queries.reading import readable
from nearer.library.queries.signatures import public_editions
from nearer.library.queries.unfolding import card_of
from nearer.library.records import ArticleCard
from nearer.library.rules import spelling

SHOWN = 12
#: How many of the best by what stands out in them are ranked by all they say.
RANKED = 60
MOST_WORDS = 8

# The question stands in the condition itself, so that the index can answer it without reading long vectors.
_FOUND = """
WITH best AS (
    SELECT t.edition_id, t.whole, ts_rank(t.brief, websearch_to_tsquery(%(config)s::regconfig, %(words)s)) AS rank
    FROM library_searchtext t
    WHERE t.language = %(language)s AND t.whole @@ websearch_to_tsquery(%(config)s::regconfig, %(words)s)
    ORDER BY rank DESC, t.edition_id LIMIT %(ranked)s
)
SELECT edition_id FROM best
ORDER BY rank DESC, ts_rank(whole, websearch_to_tsquery(%(config)s::regconfig, %(words)s)) DESC, edition_id
LIMIT %(shown)s
"""
_CONFIGURATIONS = {"en": "english", "es": "spanish"}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first.

    :ivar words: what it was found by; other than what was typed where that had a slip in it.
    :ivar is_loose: nothing has all the words; these have at least one.
    """

    words: str
    typed: str
    cards: tuple[ArticleCard, ...]
    is_loose: bool = False

    @property
    def is_mended(self) -> bool:
        return self.words != self.typed


def search(typed: str, language: str, *, on: date) -> Found:
    """Return what may be read on a day and has these words; by what was meant, where a word was mistyped."""
    words = " ".join(spelling.words_of(typed)[:MOST_WORDS])
    cards = _cards(words, language, on)
    if cards or not words:
        return Found(words, words, cards)
    meant = _mended(words.split(), language)
    cards = _cards(meant, language, on) if meant != words else ()
    if cards:
        return Found(meant, words, cards)
    loose = _cards(" or ".join(meant.split()), language, on) if " " in meant else ()
    return Found(meant if loose else words, words, loose, is_loose=bool(loose))


def _cards(words: str, language: str, on: date) -> tuple[ArticleCard, ...]:
    order = _editions(words, language) if words else []
    if not order:
        return ()
    found = {edition.pk: edition for edition in public_editions().filter(pk__in=order)}
    rows = (found[number] for number in order if number in found)
    return tuple(card_of(signed) for signed in readable(rows, on))


def _editions(words: str, language: str) -> list[int]:
    given = {"config": _CONFIGURATIONS[language], "words": words, "language": language}
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, {**given, "ranked": RANKED, "shown": SHOWN})
        return [number for (number,) in cursor.fetchall()]


def _mended(words: Sequence[str], language: str) -> str:
    """Return the words, those that no public text has as one that some text has; one query."""
    long = {word for word in words if spelling.SHORTEST <= len(word) <= spelling.LONGEST}
    forms = sorted(frozenset[str]().union(*map(spelling.near, long)))
    rows = KnownWord.objects.filter(language=language, near__overlap=forms)
    known = set(rows.values_list("word", flat=True)) if forms else set[str]()
    return " ".join(word if word in known or word not in long else _meant(word, known) for word in words)


def _meant(word: str, known: Iterable[str]) -> str:
    return spelling.best(word, known) or word
