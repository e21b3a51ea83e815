"""Writing a step down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection, transaction

from nearer.foundation import signing
from nearer.library.models import Contributor, LedgerEvent
from nearer.library.rules.canonical import canonical
from nearer.library.rules.chain import GENESIS, PURPOSE, chained
from nearer.library.rules.terms import POLICY_VERSION

#: The advisory lock that puts appends in order: "libr" in hexadecimal.
LOCK = 0x6C696272


@dataclass(frozen=True, slots=True)
class Step:
    """What is written down of one step. `who` is a public name; credentials and conflicts as they were then.

    `page` and `user` are the numbers of the article and of who saved it; by them, who wrote can't sign.
    """

    article: str
    step: str
    text_hash: str
    who: str = ""
    part: str = ""
    credentials: str = ""
    decision: str = ""
    comment: str = ""
    conflicts: str = ""
    changes: Sequence[str] = ()
    machine_helped: bool = False
    is_demonstration: bool = False
    slug: str = ""
    page: int = 0
    user: int | None = None


def by_person(person: Contributor) -> dict[str, object]:
    """Return the parts of a step that say who took it."""
    return {
        "who": person.name,
        "slug": person.slug,
        "credentials": person.credentials,
        "conflicts": person.conflicts,
        "is_demonstration": person.is_demonstration,
    }


@transaction.atomic
def append(step: Step, *, now: datetime) -> LedgerEvent:
    """Write one step at the chain's end, in the caller's transaction; appends wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = LedgerEvent.objects.order_by("-position").only("position", "hash").first()
    position, previous = (last.position + 1, last.hash) if last else (1, GENESIS)
    told = {**asdict(step), "changes": list(step.changes), "at": now.isoformat(), "policy_version": POLICY_VERSION}
    record = canonical({"position": position, **told})
    digest = chained(previous, record)
    event = LedgerEvent(position=position, record=record, previous=previous, hash=digest, seal=sealed(digest))
    event.save(force_insert=True)
    return event


def sealed(digest: str) -> str:
    """Return the seal of a row's hash, which needs the key file."""
    return signing.seal(digest, purpose=PURPOSE)
