"""The steps of review: checking the evidence, sending back, and signing."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Revision

from nearer.foundation import signing
from nearer.library import policies
from nearer.library.models import Article, Contributor, Edition, LedgerEvent, SignOff, Source
from nearer.library.operations.editions import edition_of
from nearer.library.operations.ledger import Step, append, by_person
from nearer.library.rules.statements import PURPOSE, Signer, Statement, written
from nearer.library.rules.terms import POLICY_VERSION, due_on


@transaction.atomic
def check_evidence(*, article: Article, revision: Revision, by: int | None, comment: str = "", now: datetime) -> None:
    """Record that every claim of this text holds up against its sources.

    :raises CannotCheck: a claim has no source, or none that can still be read, or the article is not whole.
    """
    edition = edition_of(revision, now=now)
    content = json.loads(edition.content)
    policies.check_evidence(content)
    policies.check_sources_answer(content, _gone(content))
    _note(article, edition, "checked", by, "evidence", comment=comment, now=now)


@transaction.atomic
def send_back(  # noqa: PLR0913 - who says what of which text
    *, article: Article, revision: Revision, by: int | None, part: str, comment: str, now: datetime
) -> None:
    """Record that a reviewer asks for changes."""
    _note(article, edition_of(revision, now=now), "refused", by, part, comment=comment, now=now)


@transaction.atomic
def sign(  # noqa: PLR0913 - who signs what, and what they say with it
    *,
    article: Article,
    revision: Revision,
    reviewer: Contributor | None,
    part: SignOff.Part,
    conflicts: str = "",
    comment: str = "",
    now: datetime,
) -> SignOff:
    """Sign a revision's exact text as a reviewer.

    The signature covers the hash of content, claims, sources and people, with the reviewer's licence as it stands in
    our records today, the version of these rules, and the ledger's row that tells of it.

    :raises CannotSign: they wrote it, their licence doesn't stand, or they signed it already.
    :raises CannotCheck: a claim has no source.
    """
    today = now.date()
    edition = edition_of(revision, now=now)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    content = json.loads(edition.content)
    policies.check_evidence(content)
    policies.check_sources_answer(content, _gone(content))
    policies.check_signer(
        reviewer, writers=_writers(article), slugs={p["slug"] for p in content["people"]}, today=today
    )
    assert reviewer is not None  # the check above refuses that
    policies.check_demonstration(reviewer, is_demonstration=settings.NEARER_DEMO)
    standing = dict(edition.sign_offs.filter(voided_at__isnull=True).values_list("part", "reviewer_id"))
    if part in standing:
        return edition.sign_offs.get(part=part, voided_at__isnull=True)
    if part == SignOff.Part.SECOND:
        policies.check_other_reviewer(reviewer, standing.get(SignOff.Part.CLINICAL))
    told: Any = {**by_person(reviewer), "conflicts": conflicts or reviewer.conflicts}
    row = append(
        Step(
            article=article.key,
            step="signed",
            text_hash=edition.text_hash,
            part=part,
            decision="signed",
            comment=comment,
            machine_helped=content["machine_helped"],
            **told,
        ),
        now=now,
    )
    statement = Statement(
        article=article.key,
        text_hash=edition.text_hash,
        part=part,
        signer=_signer(reviewer, told["conflicts"]),
        signed_at=now,
        due_on=due_on(today, content["touches"]),
        policy_version=POLICY_VERSION,
        ledger_position=row.position,
        ledger_hash=row.hash,
    )
    return _kept(edition, reviewer, statement)


def _kept(edition: Edition, reviewer: Contributor, statement: Statement) -> SignOff:
    text = written(statement)
    signature = signing.sign(text, purpose=PURPOSE)
    return SignOff.objects.create(
        edition=edition,
        part=statement.part,
        reviewer=reviewer,
        statement=text,
        key_id=signature.key_id,
        signature=signature.value,
        ledger_position=statement.ledger_position,
        signed_at=statement.signed_at,
        due_on=statement.due_on,
    )


def _signer(person: Contributor, conflicts: str) -> Signer:
    assert person.licence_verified_on is not None  # checked before anybody signs
    return Signer(
        slug=person.slug,
        name=person.name,
        credentials=person.credentials,
        conflicts=conflicts,
        licence=" ".join(filter(None, (person.licence_kind, person.licence_jurisdiction, person.licence_number))),
        licence_verified_on=person.licence_verified_on,
        is_demonstration=person.is_demonstration,
    )


def _writers(article: Article) -> set[int]:
    """Return everybody who changed a word of this article, whatever it was called then, or began it."""
    rows = LedgerEvent.objects.filter(step__in=["written", "changed"], record__contains=f'"page":{article.pk},')
    changed = {json.loads(record)["user"] for record in rows.values_list("record", flat=True)}
    return {number for number in (*changed, article.owner_id) if number is not None}


def _gone(content: dict[str, Any]) -> set[str]:
    keys = [source["id"] for source in content["sources"]]
    return set(Source.objects.filter(key__in=keys, gone_since__isnull=False).values_list("key", flat=True))


def _note(  # noqa: PLR0913 - as above
    article: Article, edition: Edition, step: str, by: int | None, part: str, *, comment: str, now: datetime
) -> None:
    person = Contributor.objects.filter(user_id=by).first() if by else None
    told: Any = by_person(person) if person else {"who": "an editor" if by else "the system"}
    append(
        Step(
            article=article.key,
            step=step,
            text_hash=edition.text_hash,
            part=part,
            decision="the evidence holds" if step == "checked" else "changes requested",
            comment=comment,
            **told,
        ),
        now=now,
    )
