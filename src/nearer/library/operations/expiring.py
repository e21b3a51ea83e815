"""What time does: a review falls due, and two months later what nobody reviewed goes away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Min, Q

from nearer.library.models import Article, Edition, LedgerEvent
from nearer.library.operations.ledger import Step, append
from nearer.library.operations.publishing import take_down
from nearer.library.rules.terms import is_gone, is_overdue


def expire(*, now: datetime) -> tuple[str, ...]:
    """Note which reviews fell due, and take down what is 60 days past that; return a line for each.

    The same twice changes nothing twice.
    """
    return tuple(line for edition in _past_due(now.date()) for line in _aged(edition, now))


def _past_due(today: date) -> Iterator[Edition]:
    standing = Q(sign_offs__voided_at__isnull=True)
    due = Min("sign_offs__due_on", filter=standing)
    rows = Edition.objects.filter(article__live=True, text_hash=F("article__text_hash")).annotate(due=due)
    yield from rows.filter(due__lte=today).select_related("article__locale").order_by("article_id")


@transaction.atomic
def _aged(edition: Edition, now: datetime) -> list[str]:
    article = Article.objects.select_for_update(of=("self",)).select_related("locale").get(pk=edition.article_id)
    due: date = edition.due  # type: ignore[attr-defined]  # annotated above
    if is_gone(due, now.date()):
        _note(article, edition, "expired", f"nobody reviewed it in the 60 days after {due}", now)
        take_down(article=article, why="expired")
        return [f"{article.key}: taken down, its review was due on {due}"]
    told = LedgerEvent.objects.filter(article=article.key, step="due", record__contains=edition.text_hash)
    if is_overdue(due, now.date()) and not told.exists():
        _note(article, edition, "due", f"review was due on {due}", now)
        return [f"{article.key}: review was due on {due}"]
    return []


def _note(article: Article, edition: Edition, step: str, decision: str, now: datetime) -> None:
    told = Step(article=article.key, step=step, text_hash=edition.text_hash, who="the system", decision=decision)
    append(told, now=now)
