"""The library's feed: what was reviewed last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nearer.library.api import TOPICS, ArticleCard

SHOWN = 30


def atom(cards: Sequence[ArticleCard], absolute: Callable[[str], str]) -> str:
    """Return an Atom feed of the articles that were reviewed last.

    :param absolute: makes an address of this site a whole one.
    """
    feed = Atom1Feed(
        title=_("Nearer: the library"),
        link=absolute(reverse("library:front")),
        feed_url=absolute(reverse("library:feed")),
        description=_("Articles on closeness that a clinician has signed."),
        language=get_language(),
    )
    for card in sorted(cards, key=lambda card: (card.reviewed_on, card.slug), reverse=True)[:SHOWN]:
        address = absolute(reverse("library:article", args=[card.slug]))
        feed.add_item(
            title=card.title,
            link=address,
            unique_id=address,
            description=card.standfirst,
            updateddate=datetime.combine(card.reviewed_on, time.min, UTC),
            author_name="Nearer",
            categories=[str(TOPICS[code]) for code in card.topics if code in TOPICS],
        )
    text: str = feed.writeString("utf-8")
    return text
