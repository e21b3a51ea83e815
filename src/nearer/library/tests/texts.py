"""Articles, and people who sign them, to test with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from wagtail.models import Page, Revision

from nearer.library.models import Article, Claim, Contribution, Contributor, SignOff, Source
from nearer.library.operations.editions import edition_of
from nearer.library.operations.furnishing import furnish
from nearer.library.operations.publishing import publish
from nearer.library.operations.reviewing import check_evidence, sign

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()
WORDS = "<p>Closeness grows in small steps.[^c1] It can be <b>slow</b>.</p>"


def a_source(key: str = "smyth-1998", **changes: Any) -> Source:
    """Return a source, made where it is missing."""
    told = {"title": "Written emotional expression", "doi": "10.1037/0022-006X.66.1.174", "kind": "meta-analysis"}
    row, _ = Source.objects.get_or_create(key=key, defaults={**told, "accessed_on": TODAY, **changes})
    return row


def a_person(slug: str = "ana-author", **changes: Any) -> Contributor:
    """Return somebody of the library, made where they are missing."""
    told = {"name": slug.replace("-", " ").title(), "credentials": "Writer", "conflicts": "None"}
    row, _ = Contributor.objects.get_or_create(slug=slug, defaults={**told, **changes})
    return row


def a_reviewer(slug: str = "rosa-reviewer", **changes: Any) -> Contributor:
    """Return a clinician whose licence stands."""
    licence: dict[str, Any] = {
        "credentials": "PhD, licensed psychologist",
        "licence_status": "active",
        "licence_kind": "Psychologist",
        "licence_jurisdiction": "NY",
        "licence_number": "123456",
        "licence_verified_on": TODAY,
        "licence_verified_by": "State register",
        "licence_expires_on": TODAY + timedelta(days=400),
    }
    return a_person(slug, **{**licence, **changes})


def an_article(
    slug: str = "small-steps", language: str = "en", touches: Sequence[str] = (), text: str = WORDS, **changes: Any
) -> Article:
    """Return a draft that could be signed, with one version saved."""
    shelf = furnish()[language]
    a_source()
    article = Article(title="Small steps", slug=slug, locale=shelf.locale, live=False, written_on=TODAY)
    article.standfirst, article.touches = "One step, then another.", list(touches)
    article.takeaways = [("takeaway", "Go slowly."), ("takeaway", "You may stop.")]
    article.body = [{"type": "heading", "value": "Why small"}, {"type": "prose", "value": text}]
    claim = Claim(key="c1", text="Writing helps a little.", sources=["smyth-1998"], supports="d = 0.47", sort_order=0)
    article.claims = [claim]
    article.contributions = [Contribution(person=a_person(), part="author")]
    for name, value in changes.items():
        setattr(article, name, value)
    Page.objects.get(pk=shelf.pk).add_child(instance=article)
    article.save_revision()
    return article


def signed(article: Article, now: datetime = NOW) -> Revision:
    """Take an article's newest version through every review; return that version."""
    revision = article.get_latest_revision()
    check_evidence(article=article, revision=revision, by=None, now=now)
    sign(article=article, revision=revision, reviewer=a_reviewer(), part=SignOff.Part.CLINICAL, now=now)
    if revision.as_object().touches:
        second = a_reviewer("sam-second", licence_number="654321")
        sign(article=article, revision=revision, reviewer=second, part=SignOff.Part.SECOND, now=now)
    return revision


def published(article: Article, now: datetime = NOW) -> Article:
    """Sign an article's newest version, make it public, and return it as it is then."""
    publish(edition=edition_of(signed(article, now), now=now))
    check_now()
    fresh: Article = Article.objects.get(pk=article.pk)
    return fresh


def rewritten(article: Article, text: str) -> Revision:
    """Save a version of an article with another text, as the editor does, and return it."""
    draft: Article = article.get_latest_revision_as_object()
    draft.body = [{"type": "heading", "value": "Why small"}, {"type": "prose", "value": text}]
    return draft.save_revision()


def check_now() -> None:
    """Have the database ask now what it asks at the end of a transaction."""
    connection.check_constraints()


def attempt(act: Callable[[], object]) -> None:
    """Do something as a transaction of its own, which the database may refuse at its end."""
    with transaction.atomic():
        act()
        check_now()
