"""An article as it is read: every word of it comes out of bytes that a clinician has signed. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

CalloutKind = Literal["safety", "try-this", "ask-a-therapist"]
Strength = Literal["strong", "moderate", "limited", "consensus"]
NextStep = Literal["check-in", "skill", "support", "find-therapist"]
Part = Literal["author", "contributor", "reviewer", "second-reviewer"]


@dataclass(frozen=True, slots=True)
class Prose:
    """Clean HTML: p, ul, ol, li, strong, em, a, sup and nothing else.

    Another article is linked as `<a href="article:its-slug">`; the page turns that into an address, or into plain
    text where that article is not published. Other links are https. A claim is marked
    `<sup><a href="#claim-c1">1</a></sup>`, numbered as in `ReadArticle.claims`.
    """

    html: str


@dataclass(frozen=True, slots=True)
class Callout:
    kind: CalloutKind
    html: str


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch under one heading. The first may have none: it opens the article."""

    anchor: str
    heading: str
    blocks: tuple[Prose | Callout, ...]


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A work that a claim rests on. Year 0: undated. One of doi and url is there; `address` is where to read it."""

    id: str
    title: str
    authors: str
    year: int
    doi: str
    url: str
    accessed_on: date
    kind: str

    @property
    def address(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else self.url


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """One claim as the article makes it, numbered in the order in which the text marks them."""

    id: str
    number: int
    text: str
    supports: str
    strength: Strength
    sources: tuple[SourceCard, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote, contributed to or reviewed an article, as they were known on the day of signing.

    `contribution` says what a contributor gave; `slug` is empty where they have no page of their own.
    """

    slug: str
    name: str
    part: Part
    credentials: str
    conflicts: str
    contribution: str
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A valid signature over the text that is shown: it was checked as this record was made."""

    reviewer: Person
    licence: str
    licence_verified_on: date
    signed_at: datetime
    policy_version: str
    text_hash: str
    ledger_position: int
    key_id: str


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article on the shelf: what a list shows. `reading_minutes` are rounded up."""

    slug: str
    language: str
    title: str
    standfirst: str
    topics: tuple[str, ...]
    series: str
    series_position: int
    picture: str
    picture_alt: str
    reading_minutes: int
    reviewed_on: date


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A published article, whole.

    :ivar reviewed_by: the clinical signature first, then the second one where there is one; never empty.
    :ivar due_on: the day by which it has to be reviewed again; `is_overdue` calls for the banner.
    :ivar related: only those that are published in this language.
    :ivar languages: the languages in which it is published, this one among them.
    :ivar reading_grade: Flesch-Kincaid for English, Szigriszt-Pazos for Spanish (higher is easier there); None: not
        measured.
    :ivar is_demonstration: signed by somebody who is plainly no clinician; the page has to say so.
    """

    slug: str
    language: str
    title: str
    standfirst: str
    takeaways: tuple[str, ...]
    sections: tuple[Section, ...]
    claims: tuple[ClaimCard, ...]
    topics: tuple[str, ...]
    series: str
    series_position: int
    next_step: NextStep
    picture: str
    picture_alt: str
    people: tuple[Person, ...]
    reviewed_by: tuple[SignedBy, ...]
    written_on: date
    reviewed_on: date
    due_on: date
    is_overdue: bool
    reading_minutes: int
    reading_grade: float | None
    machine_helped: bool
    related: tuple[ArticleCard, ...]
    languages: tuple[str, ...]
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One step in an article's public ledger.

    :ivar step: written, changed, checked, signed, refused, published, void, due, expired, withdrawn, typo.
    :ivar who: the person's public name, or what did it where nobody did.
    :ivar changes: what changed, as lines that begin with "+ " or "- ".
    """

    position: int
    at: datetime
    step: str
    who: str
    part: str
    credentials: str
    decision: str
    comment: str
    conflicts: str
    changes: tuple[str, ...]
    machine_helped: bool
    policy_version: str
    text_hash: str
    hash: str
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A contributor's own page: who they are, and the published articles they stand for."""

    slug: str
    name: str
    credentials: str
    licence: str
    about: str
    conflicts: str
    is_demonstration: bool
    articles: tuple[tuple[Part, ArticleCard], ...]
