"""When a review is due, when an article goes away by itself, and how the steps are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal

#: What a signature was given under; a changed rule is a new version.
POLICY_VERSION = "2026-11"
REVIEWED_EVERY = timedelta(days=365)
REVIEWED_EVERY_WHERE_IT_TOUCHES = timedelta(days=180)
GONE_AFTER = timedelta(days=60)
#: A licence that was last checked longer ago supports no signature.
LICENCE_BELIEVED = timedelta(days=90)

State = Literal["draft", "evidence", "clinical", "second", "published", "due", "expired"]


class NotSigned(Exception):
    """This text can't be public: no valid signature covers it."""


def due_on(signed_on: date, touches: Sequence[str]) -> date:
    """Return the day by which an article has to be reviewed again; sooner where it touches what may hurt."""
    return signed_on + (REVIEWED_EVERY_WHERE_IT_TOUCHES if touches else REVIEWED_EVERY)


def is_overdue(due: date, today: date) -> bool:
    """Tell whether the day has come; from then on the page says so."""
    return today >= due


def is_gone(due: date, today: date) -> bool:
    """Tell whether nobody reviewed it for so long that it may not be read any more."""
    return today >= due + GONE_AFTER


def state(*, task: str, is_live: bool, due: date | None, has_expired: bool, today: date) -> State:
    """Return where an article stands. `task` is the step of review that waits for somebody; empty: none does."""
    if task in {"evidence", "clinical", "second"}:
        return task  # type: ignore[return-value]  # one of the three
    if is_live and due is not None:
        return "due" if is_overdue(due, today) else "published"
    return "expired" if has_expired else "draft"


def unsupported(content: Mapping[str, Any]) -> Iterable[str]:
    """Yield a sentence for each thing that keeps a text from being checked, let alone signed."""
    sources = {source["id"] for source in content["sources"]}
    marked = _marked(content)
    known = {claim["id"] for claim in content["claims"]}
    for claim in content["claims"]:
        if not claim["sources"]:
            yield f"Claim {claim['id']} has no source."
        for source in claim["sources"]:
            if source not in sources:
                yield f"Claim {claim['id']} names a source that is not there: {source}."
        if claim["id"] not in marked:
            yield f"Claim {claim['id']} is marked nowhere in the text."
    for mark in sorted(marked - known):
        yield f"The text marks a claim that is not there: {mark}."
    yield from _shape(content)


def _shape(content: Mapping[str, Any]) -> Iterable[str]:
    least, most = 2, 5
    if not least <= len(content["takeaways"]) <= most:
        yield "An article has two to five takeaways."
    if not content["standfirst"].strip():
        yield "The article has no standfirst."
    if not any(block["type"] == "heading" for block in content["body"]):
        yield "The article has no heading."
    if not any(person["part"] == "author" for person in content["people"]):
        yield "The article has no author."


def _marked(content: Mapping[str, Any]) -> set[str]:
    from nearer.library.rules.prose import marks  # it needs the cleaner, which others of this module do not

    return {mark for block in content["body"] for mark in marks(block.get("html", ""))}
