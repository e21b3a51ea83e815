"""Signing the shelf for a demonstration, by reviewers who are plainly nobody's clinician."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from wagtail.signal_handlers import disable_reference_index_auto_update

from nearer.library.models import Article, Contributor, SignOff
from nearer.library.operations.editions import edition_of
from nearer.library.operations.publishing import publish
from nearer.library.operations.reviewing import check_evidence, sign
from nearer.library.operations.shelving import AUTHOR, load

_REVIEWERS = (
    ("demonstration-reviewer", "Demonstration reviewer (not a real person)"),
    ("second-demonstration-reviewer", "Second demonstration reviewer (not a real person)"),
)
_ABOUT = "This reviewer was made up for the demonstration. No clinician has read what is signed with this name."
_ABOUT_ES = (
    "Este revisor es inventado, solo para la demostración. Ningún profesional clínico leyó lo que lleva su firma."
)


def demonstrate(*, now: datetime) -> int:
    """Load the shelf and sign what is not public yet; return how many articles were signed.

    :raises CannotSign: this is no demonstration.
    """
    with disable_reference_index_auto_update():  # nobody asks yet what refers to what
        return _demonstrate(now)


def _demonstrate(now: datetime) -> int:
    load()
    first, second = (_reviewer(slug, name, now.date()) for slug, name in _REVIEWERS)
    drafts = list(_unsigned().select_related("locale").order_by("pk"))
    for article in drafts:
        _through(article, first, second, now)
    return len(drafts)


def _unsigned() -> QuerySet[Article]:
    """Return the shelf's own drafts as they came: nobody wrote on them, and nobody signed them before."""
    drafts: QuerySet[Article] = Article.objects.filter(live=False, owner=None)
    theirs = drafts.filter(contributions__person__slug=AUTHOR["slug"])
    return theirs.exclude(editions__sign_offs__isnull=False).distinct()


@transaction.atomic
def _through(article: Article, first: Contributor, second: Contributor, now: datetime) -> None:
    """Take one article through every step of review."""
    revision = article.get_latest_revision()
    check_evidence(article=article, revision=revision, by=None, comment="For the demonstration alone.", now=now)
    sign(article=article, revision=revision, reviewer=first, part=SignOff.Part.CLINICAL, now=now)
    if article.touches:
        sign(article=article, revision=revision, reviewer=second, part=SignOff.Part.SECOND, now=now)
    publish(edition=edition_of(revision, now=now))


def _reviewer(slug: str, name: str, today: date) -> Contributor:
    licence = {
        "licence_status": Contributor.Licence.ACTIVE,
        "licence_kind": "Demonstration, no licence",
        "licence_verified_on": today,
        "licence_expires_on": today + timedelta(days=365),
        "licence_verified_by": "Nobody: this is a demonstration",
    }
    person, _ = Contributor.objects.update_or_create(
        slug=slug,
        defaults=licence,
        create_defaults={
            **licence,
            "name": name,
            "credentials": "Demonstration",
            "about": _ABOUT,
            "about_es": _ABOUT_ES,
            "conflicts": "None",
            "is_demonstration": True,
        },
    )
    return person
