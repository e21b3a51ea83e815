"""Keeping what is searched in step with what is public."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import TextField, Value

from nearer.library.models import Article, Edition, KnownWord, SearchText
from nearer.library.rules import prose, spelling

CONFIGURATIONS = {"en": "english", "es": "spanish"}


@transaction.atomic
def index(*, article: Article) -> None:
    """Have an article found by the text that was just made public, not the one before; by nothing if unsigned."""
    edition = Edition.objects.filter(article=article, text_hash=article.text_hash).first()
    if edition is None or not article.live:
        return
    told = json.loads(edition.content)
    title, brief, body = texts(told)
    config = CONFIGURATIONS[told["language"]]
    stands_out = _vector(title, "A", config) + _vector(brief, "B", config)
    SearchText.objects.update_or_create(
        article=article,
        defaults={
            "edition": edition,
            "language": told["language"],
            "brief": stands_out,
            "whole": stands_out + _vector(body, "D", config),
        },
    )
    learn(told["language"], f"{title} {brief} {body}")


def forget(*, article: Article) -> None:
    """Have an article that came down found no more."""
    SearchText.objects.filter(article=article).delete()


def texts(told: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return a text in three parts: its title, what stands out in it, and the rest."""
    headings = [block["text"] for block in told["body"] if block["type"] == "heading"]
    brief = "\n".join((told["standfirst"], *told["takeaways"], *headings))
    return told["title"], brief, prose.words_of([block.get("html", "") for block in told["body"]])


def learn(language: str, text: str) -> None:
    """Remember the words of a public text, to know what somebody meant who mistypes one."""
    words = sorted({word for word in spelling.words_of(text) if spelling.SHORTEST <= len(word) <= spelling.LONGEST})
    known = set(KnownWord.objects.filter(language=language, word__in=words).values_list("word", flat=True))
    fresh = [word for word in words if word not in known]
    rows = [KnownWord(language=language, word=word, near=sorted(spelling.near(word))) for word in fresh]
    KnownWord.objects.bulk_create(rows, ignore_conflicts=True)


def _vector(text: str, weight: str, config: str) -> SearchVector:
    return SearchVector(Value(text, output_field=TextField()), weight=weight, config=config)
