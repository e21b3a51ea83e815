"""What a reviewer signs: one statement that binds the text, the person, their licence, the rules and the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from nearer.library.rules.canonical import canonical

FORMAT = "nearer-signature-1"
#: What the signing key is for; a signature made for anything else counts as none.
PURPOSE = "library signature"


@dataclass(frozen=True, slots=True)
class Signer:
    """A reviewer and their licence, as both were known on the day of signing."""

    slug: str
    name: str
    credentials: str
    conflicts: str
    licence: str
    licence_verified_on: date
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """`ledger_hash` is that of the ledger's row that tells of this signature; the signature stands or falls with it."""

    article: str
    text_hash: str
    part: str
    signer: Signer
    signed_at: datetime
    due_on: date
    policy_version: str
    ledger_position: int
    ledger_hash: str


def written(statement: Statement) -> str:
    """Return the statement in the form that is signed."""
    return canonical({"format": FORMAT, **json.loads(json.dumps(asdict(statement), default=_text))})


def read(text: str) -> Statement:
    """Read a statement back.

    :raises ValueError: it is none.
    """
    try:
        told: Mapping[str, Any] = json.loads(text)
        if told["format"] != FORMAT:
            raise ValueError("a statement of a form this version does not know")
        signer = {**told["signer"], "licence_verified_on": date.fromisoformat(told["signer"]["licence_verified_on"])}
        rest = {key: value for key, value in told.items() if key not in {"format", "signer"}}
        moments = {
            "signed_at": datetime.fromisoformat(told["signed_at"]),
            "due_on": date.fromisoformat(told["due_on"]),
        }
        return Statement(**{**rest, **moments, "signer": Signer(**signer)})
    except (KeyError, TypeError) as error:
        raise ValueError("this is no statement") from error


def _text(value: date | datetime) -> str:
    return value.isoformat()
