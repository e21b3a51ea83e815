"""Texts that were put before a reviewer, and the signatures over them. Neither is ever changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import F, Q

from nearer.library.models.people import Contributor
from nearer.library.rules.canonical import canonical, hash_of

#: The parts of a text that are not its own.
SHARED = frozenset({"sources", "people"})


class Edition(models.Model):
    """One exact text of an article, in its one form. `revision` is Wagtail's copy from which it was taken."""

    article = models.ForeignKey("library.Article", models.PROTECT, related_name="editions")
    text_hash = models.CharField(max_length=64)
    content = models.TextField()
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    needs_second = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "text_hash"], name="one_edition_of_a_text")]


class SignOff(models.Model):
    """One reviewer's signature over one edition: the statement that was signed, and the signature.

    The columns repeat what the statement says, for questions; what counts is the statement.
    """

    class Part(models.TextChoices):
        CLINICAL = "clinical"
        SECOND = "second"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sign_offs")
    part = models.CharField(max_length=10, choices=Part)
    reviewer = models.ForeignKey(Contributor, models.PROTECT, related_name="sign_offs")
    statement = models.TextField()
    key_id = models.CharField(max_length=60)
    signature = models.CharField(max_length=100)
    ledger_position = models.BigIntegerField(unique=True)
    signed_at = models.DateTimeField()
    due_on = models.DateField()
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "part"], condition=Q(voided_at__isnull=True), name="one_standing_signature_of_a_part"
            ),
            models.UniqueConstraint(
                fields=["edition", "reviewer"],
                condition=Q(voided_at__isnull=True),
                name="the_second_reviewer_is_another",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | Q(voided_at__gte=F("signed_at")),
                name="voided_after_it_was_signed",
            ),
        ]


def is_signed(article_id: int | None, text_hash: str) -> bool:
    """Tell whether every signature that this text needs stands in the database; whether they are real, readers ask."""
    if article_id is None:
        return False
    edition = Edition.objects.filter(article_id=article_id, text_hash=text_hash).first()
    if edition is None:
        return False
    parts = set(edition.sign_offs.filter(voided_at__isnull=True).values_list("part", flat=True))
    return parts >= ({"clinical", "second"} if edition.needs_second else {"clinical"})


def covered_hash(article_id: int | None, content: Mapping[str, Any]) -> str:
    """Return the hash of a text; that of the signed one, where only works and people have changed since.

    Works and people are shared by many articles. Readers see them as they were signed, so a corrected title of a
    work does not take down every article that cites it; the next signature covers it.
    """
    digest = hash_of(canonical(content))
    if article_id is None or is_signed(article_id, digest):
        return digest
    for edition in Edition.objects.filter(article_id=article_id, sign_offs__voided_at__isnull=True).distinct():
        if _own(json.loads(edition.content)) == _own(content) and is_signed(article_id, edition.text_hash):
            return edition.text_hash
    return digest


def _own(content: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in SHARED}
