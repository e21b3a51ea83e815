"""Hears what Wagtail does and hands it to the library's operations, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Revision
from wagtail.signals import page_published, page_unpublished

from nearer.foundation import clock
from nearer.library import models
from nearer.library.models import Article, Contributor, SignOff, Source
from nearer.library.operations import indexing, noting, reviewing


def connect() -> None:
    """Connect every signal; Django calls this once."""
    models.reviewed.connect(_reviewed, dispatch_uid="library reviewed")
    page_published.connect(_public, sender=Article, dispatch_uid="library published")
    page_unpublished.connect(_taken_down, sender=Article, dispatch_uid="library taken down")
    post_save.connect(_version, sender=Revision, dispatch_uid="library version")
    post_save.connect(_source, sender=Source, dispatch_uid="library source")


def _reviewed(  # noqa: PLR0913 - what the signal carries
    *, article: Article, revision: Revision, step: str, by: int, action: str, said: Any, **_: Any
) -> None:
    now, comment = clock.now(), said.get("comment", "")
    if action == "reject":
        reviewing.send_back(article=article, revision=revision, by=by, part=step, comment=comment, now=now)
    elif action == "approve" and step == "evidence":
        reviewing.check_evidence(article=article, revision=revision, by=by, comment=comment, now=now)
    elif action == "approve":
        reviewing.sign(
            article=article,
            revision=revision,
            reviewer=Contributor.objects.filter(user_id=by).first(),
            part=SignOff.Part(step),
            conflicts=said.get("conflicts", ""),
            comment=comment,
            now=now,
        )


def _public(*, instance: Article, **_: Any) -> None:
    """Hear that a page went public; Wagtail says so as well of what then landed unpublished."""
    if not instance.live:
        return
    noting.note_public(article=instance, now=clock.now())
    indexing.index(article=instance)


def _taken_down(*, instance: Article, **_: Any) -> None:
    noting.note_taken_down(article=instance, now=clock.now())
    indexing.forget(article=instance)


def _version(*, instance: Revision, raw: bool = False, **_: Any) -> None:
    if not raw and instance.content_type.model_class() is Article:
        noting.note_version(revision=instance, now=clock.now())


def _source(*, instance: Source, created: bool, raw: bool = False, **_: Any) -> None:
    if not created and not raw:
        noting.note_source(source=instance, now=clock.now())
