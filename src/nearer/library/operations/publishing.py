"""Making a signed text public, and taking one down. Nothing else in Nearer publishes an article."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from nearer.library.models import Article, Contributor, Edition, SignOff
from nearer.library.models.editions import is_signed
from nearer.library.operations.editions import edition_of
from nearer.library.operations.ledger import Step, append, by_person
from nearer.library.rules.terms import NotSigned, is_gone


def publish_reviewed(*, article: Article, now: datetime) -> None:
    """Publish the newest version of an article.

    :raises NotSigned: it is another text than the one that was signed.
    """
    publish(edition=edition_of(article.get_latest_revision(), now=now))


@transaction.atomic
def publish(*, edition: Edition) -> None:
    """Make an edition public.

    :raises NotSigned: a signature is missing, or Wagtail keeps no copy of the text.
    """
    if edition.revision is None or not is_signed(edition.article_id, edition.text_hash):
        raise NotSigned(f"{edition.article.key} is not published: no valid signature covers this text.")
    edition.revision.publish()


@transaction.atomic
def withdraw(*, sign_off_id: int, by: Contributor, reason: str, now: datetime) -> None:
    """Take a signature back; the page goes back to the last text that is still signed, or off the shelf.

    A signature that was taken back stays so.
    """
    sign_off = SignOff.objects.select_for_update().select_related("edition__article__locale").get(pk=sign_off_id)
    if sign_off.voided_at is not None:
        return
    article = sign_off.edition.article
    sign_off.voided_at, sign_off.void_reason = now, reason
    sign_off.save(update_fields=["voided_at", "void_reason"])
    told: Any = by_person(by)
    append(
        Step(
            article=article.key,
            step="void",
            text_hash=sign_off.edition.text_hash,
            part=sign_off.part,
            decision="the signature was taken back",
            comment=reason,
            **told,
        ),
        now=now,
    )
    if article.live and article.text_hash == sign_off.edition.text_hash:
        fall_back(article=article, now=now)


def fall_back(*, article: Article, now: datetime) -> None:
    """Show the last text that is still signed and not past its time; where there is none, nothing."""
    standing = [
        edition
        for edition in Edition.objects.filter(article=article).exclude(revision=None).order_by("-made_at", "-pk")
        if is_signed(article.pk, edition.text_hash) and not is_gone(_due(edition), now.date())
    ]
    if standing:
        publish(edition=standing[0])
    else:
        take_down(article=article, why="no text of it is signed any more")


def take_down(*, article: Article, why: str) -> None:
    """Take an article off the shelf; the ledger says why."""
    article.why = why
    article.unpublish()


def _due(edition: Edition) -> Any:
    return min(edition.sign_offs.filter(voided_at__isnull=True).values_list("due_on", flat=True))
