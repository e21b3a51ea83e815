"""What machines are told of an article: schema.org's MedicalWebPage, as JSON-LD.

Who reviewed it, and when, comes from the signatures that were checked as the article was read. A signature that was
given for a demonstration is no review, and machines are told of none.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from nearer.library.api import Person, ReadArticle, SourceCard

# A data block, which no browser runs: a policy on scripts has nothing to say about it. None of these may end it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(article: ReadArticle, canonical: str, absolute: Callable[[str], str]) -> SafeString:
    """Return the data block of an article's page.

    :param absolute: makes an address of this site a whole one.
    """
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": canonical,
        "url": canonical,
        "name": article.title,
        "description": article.standfirst,
        "inLanguage": article.language,
        "dateCreated": article.written_on.isoformat(),
        "timeRequired": f"PT{article.reading_minutes}M",
        "isAccessibleForFree": True,
        "author": [_person(person, absolute) for person in article.people if person.part == "author"],
        "contributor": [_person(person, absolute) for person in article.people if person.part == "contributor"],
        "citation": [_work(source) for source in _works(article)],
        **_review(article, absolute),
    }
    text = json.dumps({key: value for key, value in told.items() if value != []}, ensure_ascii=False)
    return mark_safe(f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>')  # noqa: S308 - escaped


def _review(article: ReadArticle, absolute: Callable[[str], str]) -> dict[str, Any]:
    if article.is_demonstration:
        return {}
    return {
        "lastReviewed": article.reviewed_on.isoformat(),
        "reviewedBy": [
            {**_person(signed.reviewer, absolute), "identifier": signed.licence} for signed in article.reviewed_by
        ],
    }


def _person(person: Person, absolute: Callable[[str], str]) -> dict[str, str]:
    told = {"@type": "Person", "name": person.name, "honorificSuffix": person.credentials}
    if person.slug:
        told["url"] = absolute(reverse("library:person", args=[person.slug]))
    return {key: value for key, value in told.items() if value}


def _works(article: ReadArticle) -> tuple[SourceCard, ...]:
    return tuple({source.id: source for claim in article.claims for source in claim.sources}.values())


def _work(source: SourceCard) -> dict[str, Any]:
    told = {"@type": "CreativeWork", "name": source.title, "url": source.address}
    return {**told, "datePublished": str(source.year)} if source.year else told
