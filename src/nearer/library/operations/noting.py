"""Writing down what Wagtail did: a version was saved, a page went public or came down, a source was changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from nearer.library.models import Article, Contributor, Edition, Source
from nearer.library.operations.ledger import Step, append, by_person
from nearer.library.rules.canonical import canonical, changes, hash_of

VOID = "The text was changed after it was signed. The signature covers the earlier text, which readers still see."


@transaction.atomic
def note_version(*, revision: Revision, now: datetime) -> None:
    """Write down what a saved version changed, and that a signature does not cover it; the same text is nothing new."""
    article: Article = revision.as_object()
    content, before = article.content, _before(revision)
    text_hash = hash_of(canonical(content))
    before_hash = hash_of(canonical(before)) if before else ""
    if text_hash == before_hash:
        return
    step = Step(
        article=article.key,
        step="changed" if before else "written",
        text_hash=text_hash,
        part="author",
        changes=changes(before, content),
        machine_helped=article.machine_helped,
        page=article.pk,
        user=revision.user_id,
        **_who(revision.user_id),
    )
    append(step, now=now)
    if article.live and before_hash == article.text_hash:
        told = Step(article=article.key, step="void", text_hash=text_hash, who="the system", decision=VOID)
        append(told, now=now)


def note_public(*, article: Article, now: datetime) -> None:
    """Write down that a text became public."""
    append(Step(article=article.key, step="published", text_hash=article.text_hash, who="the system"), now=now)


def note_taken_down(*, article: Article, now: datetime) -> None:
    """Write down that an article came down, and why."""
    why = getattr(article, "why", "taken down")
    if why != "expired":  # that has a line of its own
        told = Step(article=article.key, step="taken down", text_hash=article.text_hash, who="the system", decision=why)
        append(told, now=now)


@transaction.atomic
def note_source(*, source: Source, now: datetime) -> None:
    """Write down, for each public article that cites a source, that it is no longer the one that was signed."""
    for article in Article.objects.filter(live=True, claims__sources__contains=[source.key]).distinct():
        edition = Edition.objects.filter(article=article, text_hash=article.text_hash).first()
        if edition is None or hash_of(canonical(article.content)) == edition.text_hash:
            continue
        decision = f"The source {source.key} was changed after this was signed; readers see it as it was signed."
        told = Step(article=article.key, step="void", text_hash=edition.text_hash, who="the system", decision=decision)
        append(told, now=now)


def _before(revision: Revision) -> dict[str, Any] | None:
    try:
        earlier: Article = revision.get_previous().as_object()
    except Revision.DoesNotExist:
        return None
    return earlier.content


def _who(user_id: int | None) -> Any:
    person = Contributor.objects.filter(user_id=user_id).first() if user_id else None
    if person:
        return by_person(person)
    return {"who": "somebody who may write" if user_id else "the system"}
