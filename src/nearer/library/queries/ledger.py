"""The ledger as the public reads it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from nearer.library.models import LedgerEvent
from nearer.library.records import LedgerLine


def ledger_of(slug: str, language: str) -> tuple[LedgerLine, ...]:
    """Return an article's steps in order, none of one that never was public. One query.

    What drafts changed is shown once the text with those changes is public; until then the step alone is.
    """
    rows = LedgerEvent.objects.filter(article=f"{language}/{slug}").order_by("position")
    told = [(row.position, row.hash, json.loads(row.record)) for row in rows.only("position", "hash", "record")]
    public = max((position for position, _, record in told if record["step"] == "published"), default=0)
    if not public:
        return ()
    return tuple(_line(position, digest, record, public) for position, digest, record in told)


def _line(position: int, digest: str, told: dict[str, Any], public: int) -> LedgerLine:
    return LedgerLine(
        position=position,
        at=datetime.fromisoformat(told["at"]),
        step=told["step"],
        who=told["who"],
        part=told["part"],
        credentials=told["credentials"],
        decision=told["decision"],
        comment=told["comment"],
        conflicts=told["conflicts"],
        changes=tuple(told["changes"]) if position <= public else (),
        machine_helped=told["machine_helped"],
        policy_version=told["policy_version"],
        text_hash=told["text_hash"],
        hash=digest,
        is_demonstration=told["is_demonstration"],
    )
