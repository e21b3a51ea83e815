"""One article as it stands in a page."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nearer.library.api import CALLOUTS, SERIES, SOURCE_KINDS, STRENGTHS, TOPICS, Callout, ReadArticle, Section
from nearer.library.pages.pictures import picture
from nearer.library.pages.prose import Writer, links

PARTS = {
    "author": gettext_lazy("Written by"),
    "contributor": gettext_lazy("With insights from"),
    "reviewer": gettext_lazy("Reviewed and signed by"),
    "second-reviewer": gettext_lazy("Also reviewed and signed by"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """Prose, or a box with its name. `kind` is empty for prose."""

    kind: str
    name: str | Promise
    html: SafeString


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of the text under its heading."""

    anchor: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A work to look up. `year` is empty where it has none."""

    title: str
    authors: str
    year: str
    kind: str | Promise
    address: str
    accessed_on: object


@dataclass(frozen=True, slots=True)
class Note:
    """What a claim rests on, under the number that the text marks it with."""

    id: str
    number: int
    text: str
    supports: str
    strength: str | Promise
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Credit:
    """A person with what they did here; reviewers come with the licence they signed with."""

    part: str | Promise
    name: str
    address: str
    credentials: str
    contribution: str
    conflicts: str
    licence: str
    licence_verified_on: object
    signed_at: object


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing that the page offers at its end."""

    title: str | Promise
    words: str | Promise
    button: str | Promise
    address: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything that the page shows beside what the article itself says."""

    article: ReadArticle
    picture: SafeString
    series: str | Promise
    topics: tuple[tuple[str, str | Promise], ...]
    level: str
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    credits: tuple[Credit, ...]
    step: NextStep


STEPS = {
    "check-in": (
        gettext_lazy("Look inward"),
        gettext_lazy("A check-in helps you see what closeness is like for you now. What you answer stays with you."),
        gettext_lazy("Begin the check-in"),
        "reflection:check_in",
    ),
    "skill": (
        gettext_lazy("Try one small thing"),
        gettext_lazy("Pick something to practice, at your pace. You can stop at any time."),
        gettext_lazy("See what you can practice"),
        "reflection:practice",
    ),
    "support": (
        gettext_lazy("For someone you love"),
        gettext_lazy("Words and small plans that help without pushing, and without losing yourself."),
        gettext_lazy("See what helps"),
        "support:front",
    ),
    "find-therapist": (
        gettext_lazy("Find someone who can help"),
        gettext_lazy("See therapists who are licensed where you are, in your plan, and free soon."),
        gettext_lazy("Find a therapist"),
        "home:front",
    ),
}


def led_to(article: ReadArticle) -> frozenset[str]:
    """Return the slugs of all articles that this one's text leads to."""
    return frozenset().union(*(links(block.html) for section in article.sections for block in section.blocks))


def article_page(article: ReadArticle, readable: Collection[str]) -> ArticlePage:
    """Return an article's page.

    :param readable: the slugs among those it leads to that may be read.
    """
    write = Writer(readable)
    title, words, button, name = STEPS[article.next_step]
    return ArticlePage(
        article=article,
        picture=picture(article.picture, article.picture_alt),
        series=SERIES.get(article.series, ""),
        topics=tuple((code, TOPICS[code]) for code in article.topics if code in TOPICS),
        level=_level(article),
        parts=tuple(_part(section, write) for section in article.sections),
        notes=_notes(article),
        credits=_credits(article),
        step=NextStep(title, words, button, reverse(name)),
    )


def _level(article: ReadArticle) -> str:
    """Say how hard it is to read, in the measure that its language has."""
    if article.reading_grade is None:
        return ""
    if article.language == "es":
        return _("Reading ease %(ease)s of 100") % {"ease": round(min(100, max(0, article.reading_grade)))}
    return _("Reading grade %(grade)s") % {"grade": max(1, math.ceil(article.reading_grade))}


def _part(section: Section, write: Writer) -> Part:
    blocks = tuple(
        Block(block.kind, CALLOUTS[block.kind], write(block.html))
        if isinstance(block, Callout)
        else Block("", "", write(block.html))
        for block in section.blocks
    )
    return Part(section.anchor, section.heading, blocks)


def _notes(article: ReadArticle) -> tuple[Note, ...]:
    return tuple(
        Note(
            id=claim.id,
            number=claim.number,
            text=claim.text,
            supports=claim.supports,
            strength=STRENGTHS[claim.strength],
            sources=tuple(
                Source(
                    title=source.title,
                    authors=source.authors,
                    year=str(source.year or ""),
                    kind=SOURCE_KINDS.get(source.kind, source.kind),
                    address=source.address if source.address.startswith(("https://", "http://")) else "",
                    accessed_on=source.accessed_on,
                )
                for source in claim.sources
            ),
        )
        for claim in article.claims
    )


def _credits(article: ReadArticle) -> tuple[Credit, ...]:
    signatures = {(signed.reviewer.slug, signed.reviewer.part): signed for signed in article.reviewed_by}
    return tuple(
        Credit(
            part=PARTS[person.part],
            name=person.name,
            address=reverse("library:person", args=[person.slug]) if person.slug else "",
            credentials=person.credentials,
            contribution=person.contribution,
            conflicts=person.conflicts,
            licence=signed.licence if signed else "",
            licence_verified_on=signed.licence_verified_on if signed else None,
            signed_at=signed.signed_at if signed else None,
        )
        for person in article.people
        for signed in [signatures.get((person.slug, person.part))]
    )
