"""Editions with their signatures, and which of those are real."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from nearer.foundation import signing
from nearer.foundation.signing import Signature
from nearer.library.models import Edition, SignOff
from nearer.library.rules import statements
from nearer.library.rules.canonical import hash_of
from nearer.library.rules.statements import PURPOSE, Statement


class NotValid(Exception):
    """A signature, or the text under it, is not what was signed."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A text and the valid signatures over it, the clinical one first."""

    content: dict[str, Any]
    statements: tuple[tuple[Statement, str], ...]

    @property
    def due_on(self) -> date:
        return min(statement.due_on for statement, _ in self.statements)


def with_signatures(rows: QuerySet[Edition]) -> QuerySet[Edition]:
    """Return editions with the signatures that stand, in the same query."""
    standing = SignOff.objects.filter(edition=OuterRef("pk"), voided_at__isnull=True).order_by("part")
    parts = JSONObject(statement="statement", key_id="key_id", signature="signature", position="ledger_position")
    return rows.annotate(signed=ArraySubquery(standing.values(told=parts)))


def public_editions() -> QuerySet[Edition]:
    """Return the editions that are public, with their signatures."""
    rows = Edition.objects.filter(article__live=True, text_hash=F("article__text_hash"))
    return with_signatures(rows).order_by("article__slug")


def checked(edition: Edition) -> Signed:
    """Return an edition's text if every signature it needs is real and over these very bytes.

    :raises NotValid: with a sentence that names what is wrong.
    """
    if hash_of(edition.content) != edition.text_hash:
        raise NotValid(f"edition {edition.pk}: its text is not the one that was signed")
    content = json.loads(edition.content)
    key = f"{content['language']}/{content['slug']}"
    signed: list[dict[str, Any]] = edition.signed  # type: ignore[attr-defined]  # annotated by with_signatures
    found = tuple((_statement(key, edition.text_hash, told), told["key_id"]) for told in signed)
    missing = ({"clinical", "second"} if content["touches"] else {"clinical"}) - {s.part for s, _ in found}
    if missing:
        raise NotValid(f"{key}: the {' and the '.join(sorted(missing))} signature is missing")
    if len({s.signer.slug for s, _ in found}) != len(found):
        raise NotValid(f"{key}: the same person signed twice")
    return Signed(content, found)


def _statement(key: str, text_hash: str, told: dict[str, Any]) -> Statement:
    text = told["statement"]
    if not signing.is_valid(text, Signature(told["key_id"], told["signature"]), purpose=PURPOSE):
        raise NotValid(f"{key}: the signature at ledger row {told['position']} is forged, or its statement was changed")
    statement = statements.read(text)
    if (statement.article, statement.text_hash, statement.ledger_position) != (key, text_hash, told["position"]):
        raise NotValid(f"{key}: the signature at ledger row {told['position']} was given for another text")
    if statement.signer.is_demonstration and not settings.NEARER_DEMO:
        raise NotValid(f"{key}: it was signed for the demonstration alone")
    return statement
