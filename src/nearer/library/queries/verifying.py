"""Whether everything is as it was written: the whole ledger, every signature, every public page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nearer.foundation import signing
from nearer.library.models import Article, Edition, LedgerEvent, SignOff
from nearer.library.models.editions import SHARED
from nearer.library.queries.signatures import NotValid, checked, public_editions
from nearer.library.rules.canonical import canonical, changed_parts, first_difference, hash_of
from nearer.library.rules.chain import PURPOSE as LEDGER
from nearer.library.rules.chain import Link, faults
from nearer.library.rules.statements import PURPOSE, read


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, and every sentence of what is wrong; none: all is as it was written."""

    events: int
    signatures: int
    pages: int
    head: str
    wrong: tuple[str, ...]


def verify(*, head: str = "", on_progress: Callable[[int], None] = lambda _: None) -> Verdict:
    """Check the chain of the ledger, every signature with the row that tells of it, and every public page.

    :param head: the ledger's end as an earlier check told it; a ledger that was cut short since then no longer has it.
    :param on_progress: told every now and then how many rows of the ledger are done.
    """
    wrong = [fault.sentence for fault in faults(_links(on_progress), _seal)]
    wrong += _cut(head)
    last = LedgerEvent.objects.order_by("-position").first()
    signatures = list(_signatures())
    pages = list(_pages())
    wrong += [sentence for sentence in (*signatures, *pages) if sentence]
    return Verdict(
        events=last.position if last else 0,
        signatures=len(signatures),
        pages=len(pages),
        head=f"{last.position}:{last.hash}" if last else "",
        wrong=tuple(dict.fromkeys(wrong)),
    )


def _cut(head: str) -> list[str]:
    """Return a sentence where the row that an earlier check ended with is gone or another."""
    position, _, digest = head.partition(":")
    if (
        not head
        or LedgerEvent.objects.filter(position=int(position) if position.isdecimal() else 0, hash=digest).exists()
    ):
        return []
    return [
        f"The ledger no longer holds row {position} as an earlier check found it: it was cut short or written anew."
    ]


def _links(on_progress: Callable[[int], None]) -> Iterator[Link]:
    rows = LedgerEvent.objects.order_by("position").values_list("position", "record", "previous", "hash", "seal")
    for count, row in enumerate(rows.iterator(chunk_size=5_000), start=1):
        yield Link(*row)
        if count % 5_000 == 0:
            on_progress(count)


def _seal(digest: str) -> str:
    return signing.seal(digest, purpose=LEDGER)


def _signatures() -> Iterator[str]:
    """Yield a sentence, empty where all is well, for each signature: does the ledger tell of the same?"""
    rows = dict(LedgerEvent.objects.filter(step="signed").values_list("position", "hash"))
    for sign_off in SignOff.objects.select_related("edition").order_by("pk").iterator(chunk_size=1_000):
        yield _signature(sign_off, rows)


def _signature(sign_off: SignOff, rows: dict[int, str]) -> str:
    name = f"The signature at ledger row {sign_off.ledger_position}"
    signature = signing.Signature(sign_off.key_id, sign_off.signature)
    if not signing.is_valid(sign_off.statement, signature, purpose=PURPOSE):
        return f"{name} is forged, or its statement was changed."
    statement = read(sign_off.statement)
    if statement.ledger_position != sign_off.ledger_position or statement.text_hash != sign_off.edition.text_hash:
        return f"{name} was given for another text."
    if rows.get(statement.ledger_position) != statement.ledger_hash:
        return f"{name} is not the one that the ledger tells of."
    if (statement.due_on, statement.signed_at) != (sign_off.due_on, sign_off.signed_at):
        return f"{name}: its dates were changed (columns due_on, signed_at)."
    return ""


def _pages() -> Iterator[str]:
    """Yield a sentence, empty where all is well, for each public page."""
    known = set()
    for edition in public_editions().select_related("article__locale").iterator(chunk_size=100):
        known.add(edition.article_id)
        yield _page(edition)
    for article in Article.objects.filter(live=True).exclude(pk__in=known).select_related("locale"):
        yield f"{article.key} is public, and no edition holds its text."


def _page(edition: Edition) -> str:
    key = edition.article.key
    row = json.loads(canonical(edition.article.content))
    actual = hash_of(edition.content)
    if actual != edition.text_hash:
        return f"{key}: the signed text was changed{_where(edition, row)}."
    try:
        checked(edition)
    except NotValid as reason:
        return f"{reason}."
    parts = [part for part in changed_parts(json.loads(edition.content), row) if part not in SHARED]
    if not parts:
        return ""
    part = parts[0]
    now, was = (canonical({part: told.get(part)}) for told in (row, json.loads(edition.content)))
    return f"{key}: the page is not the text that was signed: {part} differs from byte {first_difference(now, was)} on."


def _where(edition: Edition, row: dict[str, object]) -> str:
    """Say which byte of a signed text was changed, where the page still holds it as it was."""
    whole = canonical(row)
    if hash_of(whole) != edition.text_hash:
        return ""
    return f", first at byte {first_difference(edition.content, whole)}"
