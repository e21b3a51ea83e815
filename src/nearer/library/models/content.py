"""What is signed of an article: everything a reader is shown, in the one form that is hashed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from nearer.library.models.people import Contributor
from nearer.library.models.sources import Source
from nearer.library.rules import prose
from nearer.library.rules.canonical import FORMAT

PLAIN = (
    "slug",
    "title",
    "standfirst",
    "series",
    "series_position",
    "next_step",
    "picture",
    "picture_alt",
    "machine_helped",
)
LISTS = ("topics", "related", "touches")


def content_of(article: Any) -> dict[str, Any]:
    """Return what an article says, with its claims, and the works and people as they are now; three queries."""
    claims = list(article.claims.all())
    return {
        "format": FORMAT,
        "language": article.locale.language_code,
        **{name: getattr(article, name) for name in PLAIN},
        **{name: list(getattr(article, name)) for name in LISTS},
        "written_on": article.written_on.isoformat(),
        "takeaways": [str(block.value).strip() for block in article.takeaways],
        "body": _body(article),
        "claims": [
            {
                "id": claim.key,
                "text": claim.text.strip(),
                "supports": claim.supports.strip(),
                "strength": claim.strength,
                "sources": list(claim.sources),
            }
            for claim in claims
        ],
        "sources": _sources({key for claim in claims for key in claim.sources}),
        "people": _people(list(article.contributions.all())),
    }


def _body(article: Any) -> list[dict[str, str]]:
    slugs = _slugs(article)
    return [_block(block, slugs) for block in article.body]


def _block(block: Any, slugs: dict[int, str]) -> dict[str, str]:
    if block.block_type == "heading":
        return {"type": "heading", "text": str(block.value).strip()}
    if block.block_type == "callout":
        html = prose.clean(block.value["text"].source, slugs)
        return {"type": "callout", "kind": block.value["kind"], "html": html}
    return {"type": "prose", "html": prose.clean(block.value.source, slugs)}


def _slugs(article: Any) -> dict[int, str]:
    texts = (block.value["text"] if block.block_type == "callout" else block.value for block in article.body)
    numbers = {number for text in texts if hasattr(text, "source") for number in prose.links_to(text.source)}
    if not numbers:
        return {}
    return dict(Page.objects.filter(pk__in=numbers).values_list("pk", "slug"))


def _sources(keys: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {
            "id": source.key,
            "title": source.title,
            "authors": source.authors,
            "year": source.year,
            "doi": source.doi,
            "url": source.url,
            "accessed_on": source.accessed_on.isoformat(),
            "kind": source.kind,
        }
        for source in Source.objects.filter(key__in=keys).order_by("key")
    ]


def _people(contributions: list[Any]) -> list[dict[str, Any]]:
    known = Contributor.objects.in_bulk([contribution.person_id for contribution in contributions])
    return [_person(contribution, known[contribution.person_id]) for contribution in contributions]


def _person(contribution: Any, person: Contributor) -> dict[str, Any]:
    return {
        "part": contribution.part,
        "contribution": contribution.contribution,
        "slug": person.slug,
        "name": person.name,
        "credentials": person.credentials,
        "conflicts": person.conflicts,
        "is_demonstration": person.is_demonstration,
    }
