"""The library's front, by series and topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from nearer.library.api import SERIES, TOPICS, ArticleCard
from nearer.library.pages.pictures import picture


@dataclass(frozen=True, slots=True)
class Drawn:
    """An article on the shelf with its picture, which is decoration beside its title."""

    card: ArticleCard
    picture: SafeString


@dataclass(frozen=True, slots=True)
class Series:
    """Articles to be read one after the other."""

    code: str
    name: str | Promise
    articles: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, with how many articles there are about it."""

    code: str
    name: str | Promise
    count: int


@dataclass(frozen=True, slots=True)
class Front:
    """The series, "start here" first; what belongs to none; and the topics that have articles."""

    series: tuple[Series, ...]
    others: tuple[Drawn, ...]
    topics: tuple[Topic, ...]


def front(cards: Sequence[ArticleCard]) -> Front:
    """Return the front of a shelf."""
    series = (Series(code, name, drawn(_in_order(cards, code))) for code, name in SERIES.items())
    return Front(
        series=tuple(each for each in series if each.articles),
        others=drawn(card for card in cards if card.series not in SERIES),
        topics=topics(cards),
    )


def topics(cards: Sequence[ArticleCard]) -> tuple[Topic, ...]:
    """Return the topics that have articles, in the order of the list of topics."""
    counts = {code: sum(code in card.topics for card in cards) for code in TOPICS}
    return tuple(Topic(code, TOPICS[code], count) for code, count in counts.items() if count)


def about(cards: Iterable[ArticleCard], topic: str) -> tuple[Drawn, ...]:
    """Return what there is on a topic."""
    return drawn(card for card in cards if topic in card.topics)


def drawn(cards: Iterable[ArticleCard]) -> tuple[Drawn, ...]:
    """Return cards with their pictures."""
    return tuple(Drawn(card, picture(card.picture)) for card in cards)


def _in_order(cards: Iterable[ArticleCard], series: str) -> list[ArticleCard]:
    return sorted((card for card in cards if card.series == series), key=lambda card: card.series_position)
