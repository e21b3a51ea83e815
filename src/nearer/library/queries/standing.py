"""How the library stands, for its editors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from wagtail.models import WorkflowState

from nearer.library.models import Article, Edition
from nearer.library.queries.signatures import NotValid, checked, public_editions
from nearer.library.rules.terms import is_overdue, unsupported


@dataclass(frozen=True, slots=True)
class InReview:
    """An article that waits for somebody, at which step, and since how many days."""

    id: int
    key: str
    step: str
    days: int


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A draft that can't be signed as it is, and why."""

    id: int
    key: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """`overdue` are keys with the day on which a review was due."""

    public: int
    overdue: tuple[tuple[int, str, date], ...]
    in_review: tuple[InReview, ...]
    unsupported: tuple[Unsupported, ...]


def standing(*, today: date) -> Standing:
    """Return what is overdue, what is in review and for how long, and which claims lack a source."""
    dues = list(_dues())
    return Standing(
        public=len(dues),
        overdue=tuple((number, key, due) for number, key, due in dues if is_overdue(due, today)),
        in_review=tuple(_in_review(today)),
        unsupported=tuple(_unsupported()),
    )


def _dues() -> Iterator[tuple[int, str, date]]:
    for edition in public_editions():
        try:
            signed = checked(edition)
        except NotValid:
            continue
        yield edition.article_id, f"{signed.content['language']}/{signed.content['slug']}", signed.due_on


def _in_review(today: date) -> Iterator[InReview]:
    kind = ContentType.objects.get_for_model(Article)
    states = WorkflowState.objects.active().filter(content_type=kind).select_related("current_task_state__task")
    waiting = list(states.order_by("created_at"))
    articles = Article.objects.select_related("locale").in_bulk([int(state.object_id) for state in waiting])
    for state in waiting:
        article = articles[int(state.object_id)]
        step = state.current_task_state.task.name if state.current_task_state else ""
        yield InReview(article.pk, article.key, step, (today - state.created_at.date()).days)


def _unsupported() -> Iterator[Unsupported]:
    """Yield drafts that were put before somebody or never were, with what keeps them from being signed."""
    drafts = Article.objects.filter(live=False).select_related("locale").order_by("slug")
    for article in drafts.prefetch_related("claims", "contributions__person"):
        latest = Edition.objects.filter(article=article, text_hash=article.text_hash).first()
        content = json.loads(latest.content) if latest else article.content
        reasons = tuple(unsupported(content))
        if reasons:
            yield Unsupported(article.pk, article.key, reasons)
