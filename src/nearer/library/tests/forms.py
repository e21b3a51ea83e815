"""What a browser sends from the editor."""

from __future__ import annotations

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from nearer.library.models import Article
from nearer.library.models.blocks import FEATURES


def form_of(article: Article, text: str, **changes: Any) -> dict[str, Any]:
    """Return the editor's form of an article, with this as its prose."""
    claims = [
        {
            "id": claim.pk or "",
            "key": claim.key,
            "text": claim.text,
            "sources": ",".join(claim.sources),
            "supports": claim.supports,
            "strength": claim.strength,
        }
        for claim in article.claims.all()
    ]
    people = [
        {"id": each.pk or "", "person": each.person_id, "part": each.part, "contribution": each.contribution}
        for each in article.contributions.all()
    ]
    told = {
        "title": article.title,
        "slug": article.slug,
        "standfirst": article.standfirst,
        "takeaways": streamfield([("takeaway", block.value) for block in article.takeaways]),
        "body": streamfield([("heading", "Why small"), ("prose", rich_text(text, features=FEATURES))]),
        "claims": inline_formset(claims, initial=len([c for c in claims if c["id"]])),
        "contributions": inline_formset(people, initial=len([p for p in people if p["id"]])),
        "written_on": article.written_on.isoformat(),
        "series_position": "0",
        "next_step": article.next_step,
        "comments": inline_formset([]),
    }
    form: dict[str, Any] = nested_form_data({**told, **changes})
    return {**form, "touches": list(article.touches), "topics": list(article.topics)}
