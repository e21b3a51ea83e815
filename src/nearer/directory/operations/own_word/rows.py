"""One therapist's rows, locked, and how their own word is written on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from nearer.audit import api as audit
from nearer.directory.models import Therapist, Withdrawal
from nearer.directory.policies.own_word import not_yours
from nearer.directory.rules.own_word import GOOD_FOR, THERAPIST, key_text


def day_of(now: datetime) -> date:
    """Return the UTC day, by which sources date their facts."""
    return now.astimezone(UTC).date()


def locked(therapist_id: int) -> Therapist:
    """Return a therapist, locked against other writers and against bookings until the transaction ends.

    :raises NotYours: there is none.
    """
    row = Therapist.objects.select_for_update(no_key=True).filter(id=therapist_id, removed_on__isnull=True).first()
    if row is None:
        raise not_yours()
    return row


def own_provenance(therapist_id: int, today: date) -> dict[str, object]:
    """Return the columns of a fact that a therapist says today."""
    return {
        "source": THERAPIST,
        "source_id": str(therapist_id),
        "verified_on": today,
        "expires_on": today + GOOD_FOR,
    }


def withdraw(therapist_id: int, part: str, keys: Sequence[Sequence[object]], today: date) -> None:
    """Remember that these are not so from today on, whatever a source that checked sooner says."""
    Withdrawal.objects.bulk_create(
        [Withdrawal(therapist_id=therapist_id, part=part, key=key_text(key), on=today) for key in keys],
        update_conflicts=True,
        unique_fields=["therapist", "part", "key"],
        update_fields=["on"],
    )


def readmit(therapist_id: int, part: str, keys: Sequence[Sequence[object]]) -> None:
    """Forget that these were withdrawn."""
    found = Withdrawal.objects.filter(therapist_id=therapist_id, part=part, key__in=[key_text(key) for key in keys])
    found.delete()


def note(therapist_id: int, action: str, **detail: str | int) -> None:
    """Write into the audit trail what a therapist said of themselves: which kind of thing, never its words."""
    subject = f"therapist:{therapist_id}"
    audit.record(actor=subject, action=action, subject=subject, detail=detail)
