"""The pages worth finding, each with its languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from nearer.library.api import ArticleCard
from nearer.library.pages.alternates import Alternate, alternates

LANGUAGES = [code for code, _ in settings.LANGUAGES]
#: Pages of the whole site that stand in every language.
ALWAYS = (
    "home:front",
    "home:how_matching_works",
    "library:front",
    "reflection:check_in",
    "reflection:feelings",
    "reflection:practice",
    "support:front",
    "support:distance",
    "support:words",
    "support:listening",
    "support:together",
    "safety:help_now",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One address, when it was last reviewed, and the same page in other languages."""

    address: str
    changed_on: date | None
    alternates: tuple[Alternate, ...]


def pages(shelves: Mapping[str, Sequence[ArticleCard]], absolute: Callable[[str], str]) -> tuple[Page, ...]:
    """Return every page.

    :param shelves: what may be read in each language.
    :param absolute: makes an address of this site a whole one.
    """
    with translation.override(settings.LANGUAGE_CODE):
        always = [_each(absolute(reverse(name)), dict.fromkeys(LANGUAGES)) for name in ALWAYS]
        reviewed: dict[str, dict[str, date | None]] = {}
        for language, cards in shelves.items():
            for card in cards:
                reviewed.setdefault(card.slug, {})[language] = card.reviewed_on
        articles = [
            _each(absolute(reverse("library:article", args=[slug])), days) for slug, days in sorted(reviewed.items())
        ]
    return tuple(page for each in (*always, *articles) for page in each)


def _each(address: str, days: Mapping[str, date | None]) -> Iterator[Page]:
    """Yield a page in each of its languages, all of them under each address."""
    with translation.override(settings.LANGUAGE_CODE):
        found = alternates(address, days)
    for each in found:
        if each.language in days:
            yield Page(each.url, days[each.language], found)
