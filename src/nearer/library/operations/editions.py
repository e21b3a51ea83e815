"""Keeping the exact text that is put before a reviewer."""

from __future__ import annotations

import json
from datetime import datetime

from wagtail.models import Revision

from nearer.library.models import Article, Edition
from nearer.library.rules.canonical import canonical, hash_of


def edition_of(revision: Revision, *, now: datetime) -> Edition:
    """Return the edition of a revision's text, made if it is a new one. The same text is the same edition."""
    article: Article = revision.as_object()
    content = canonical(article.content)
    edition, _ = Edition.objects.get_or_create(
        article_id=article.pk,
        text_hash=hash_of(content),
        defaults={
            "content": content,
            "revision": revision,
            "made_at": now,
            "needs_second": bool(json.loads(content)["touches"]),
        },
    )
    return edition
