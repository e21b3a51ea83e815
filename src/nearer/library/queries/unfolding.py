"""From the bytes that were signed to the records that a page shows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.text import slugify

from nearer.library.queries.signatures import Signed
from nearer.library.records import (
    ArticleCard,
    Callout,
    ClaimCard,
    Person,
    Prose,
    ReadArticle,
    Section,
    SignedBy,
    SourceCard,
)
from nearer.library.rules import prose
from nearer.library.rules.reading import WORDS_A_MINUTE, ease_of
from nearer.library.rules.statements import Statement
from nearer.library.rules.terms import is_overdue


def card_of(signed: Signed) -> ArticleCard:
    """Return what a list shows of an article."""
    told = signed.content
    return ArticleCard(
        slug=told["slug"],
        language=told["language"],
        title=told["title"],
        standfirst=told["standfirst"],
        topics=tuple(told["topics"]),
        series=told["series"],
        series_position=told["series_position"],
        picture=told["picture"],
        picture_alt=told["picture_alt"],
        reading_minutes=_minutes(told),
        reviewed_on=_reviewed_on(signed),
    )


def article_of(
    signed: Signed, *, related: tuple[ArticleCard, ...], languages: tuple[str, ...], today: date
) -> ReadArticle:
    """Return an article whole."""
    told = signed.content
    claims = _claims(told)
    by = tuple(_signed_by(statement, key_id) for statement, key_id in signed.statements)
    return ReadArticle(
        slug=told["slug"],
        language=told["language"],
        title=told["title"],
        standfirst=told["standfirst"],
        takeaways=tuple(told["takeaways"]),
        sections=_sections(told, {claim.id: claim.number for claim in claims}),
        claims=claims,
        topics=tuple(told["topics"]),
        series=told["series"],
        series_position=told["series_position"],
        next_step=told["next_step"],
        picture=told["picture"],
        picture_alt=told["picture_alt"],
        people=(*(_person(person) for person in told["people"]), *(each.reviewer for each in by)),
        reviewed_by=by,
        written_on=date.fromisoformat(told["written_on"]),
        reviewed_on=_reviewed_on(signed),
        due_on=signed.due_on,
        is_overdue=is_overdue(signed.due_on, today),
        reading_minutes=_minutes(told),
        reading_grade=ease_of(_words(told), told["language"]),
        machine_helped=told["machine_helped"],
        related=related,
        languages=languages,
        is_demonstration=any(each.reviewer.is_demonstration for each in by),
    )


def _reviewed_on(signed: Signed) -> date:
    return max(statement.signed_at.date() for statement, _ in signed.statements)


def _words(told: Mapping[str, Any]) -> str:
    return prose.words_of([block.get("html", "") for block in told["body"]])


def _minutes(told: Mapping[str, Any]) -> int:
    return max(1, math.ceil(len(_words(told).split()) / WORDS_A_MINUTE))


def _claims(told: Mapping[str, Any]) -> tuple[ClaimCard, ...]:
    """Return the claims in the order in which the text marks them."""
    by_id = {claim["id"]: claim for claim in told["claims"]}
    sources = {source["id"]: _source(source) for source in told["sources"]}
    order = dict.fromkeys(mark for block in told["body"] for mark in prose.marks(block.get("html", "")))
    named = [by_id[mark] for mark in order if mark in by_id]
    return tuple(
        ClaimCard(
            id=claim["id"],
            number=number,
            text=claim["text"],
            supports=claim["supports"],
            strength=claim["strength"],
            sources=tuple(sources[key] for key in claim["sources"] if key in sources),
        )
        for number, claim in enumerate(named, start=1)
    )


def _source(told: Mapping[str, Any]) -> SourceCard:
    return SourceCard(**{**told, "accessed_on": date.fromisoformat(told["accessed_on"])})


def _sections(told: Mapping[str, Any], numbers: Mapping[str, int]) -> tuple[Section, ...]:
    heading, blocks, taken = "", list[Prose | Callout](), set[str]()
    sections: list[Section] = []
    for block in told["body"]:
        if block["type"] == "heading":
            sections.append(_section(heading, blocks, taken))
            heading, blocks = block["text"], []
            continue
        html = prose.with_numbers(block["html"], numbers)
        blocks.append(Callout(block["kind"], html) if block["type"] == "callout" else Prose(html))
    sections.append(_section(heading, blocks, taken))
    return tuple(section for section in sections if section.heading or section.blocks)


def _section(heading: str, blocks: Sequence[Prose | Callout], taken: set[str]) -> Section:
    anchor = base = slugify(heading) or "text"
    count = 2
    while anchor in taken:
        anchor, count = f"{base}-{count}", count + 1
    taken.add(anchor)
    return Section(anchor if heading else "", heading, tuple(blocks))


def _person(told: Mapping[str, Any]) -> Person:
    return Person(**told)


def _signed_by(statement: Statement, key_id: str) -> SignedBy:
    signer = statement.signer
    return SignedBy(
        reviewer=Person(
            slug=signer.slug,
            name=signer.name,
            part="second-reviewer" if statement.part == "second" else "reviewer",
            credentials=signer.credentials,
            conflicts=signer.conflicts,
            contribution="",
            is_demonstration=signer.is_demonstration,
        ),
        licence=signer.licence,
        licence_verified_on=signer.licence_verified_on,
        signed_at=statement.signed_at,
        policy_version=statement.policy_version,
        text_hash=statement.text_hash,
        ledger_position=statement.ledger_position,
        key_id=key_id,
    )
