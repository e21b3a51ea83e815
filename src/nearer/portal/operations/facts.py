"""Asking therapists whether what is held of them is still true, and saying what a check brought."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nearer.accounts import api as accounts
from nearer.audit import api as audit
from nearer.directory import api as directory
from nearer.matching import api as matching
from nearer.outbox import api as outbox
from nearer.portal.queries.facts import asked_key, seats_of


@transaction.atomic
def ask_still_true(*, therapist_ids: Collection[int], by: int, now: datetime, page: str) -> int:
    """Ask these therapists to look whether all is still true, once a week at most; return how many were asked.

    Who has no desk yet can't be asked, and is left out.

    :param page: the address of their desk.
    """
    seats = seats_of(therapist_ids)
    asked = outbox.keys_left([asked_key(therapist_id, now) for therapist_id in seats])
    addresses = {person.user_id: person.email for person in accounts.people("therapist")}
    told = 0
    for therapist_id, user_id in sorted(seats.items()):
        key = asked_key(therapist_id, now)
        if key in asked or user_id not in addresses:
            continue
        outbox.leave(
            kind="still-true",
            key=key,
            to=addresses[user_id],
            subject=_("Is this still true?"),
            body=_words(page),
            now=now,
        )
        audit.record(actor=f"staff:{by}", action="asked if still true", subject=f"therapist:{therapist_id}")
        told += 1
    return told


def vouch(  # noqa: PLR0913 - what was checked, by whom and how
    *, therapist_id: int, part: str, source: str, until: date | None, by: int, now: datetime
) -> int:
    """Say that one part of what is held was looked up; return how many facts it holds.

    :raises TherapistUnknown: there is no such therapist.
    """
    count = directory.vouch(
        therapist_id=therapist_id, part=part, source=source, actor=f"staff:{by}", now=now, until=until
    )
    matching.project_soon(therapist_ids=[therapist_id])
    return count


def settle(*, statement_id: int, confirmed: bool, by: int, now: datetime, until: date | None = None) -> None:
    """Say what came of checking a therapist's word on a licence or contract.

    :raises NotYours: it is settled already.
    """
    directory.settle(statement_id=statement_id, confirmed=confirmed, by=f"staff:{by}", now=now, until=until)


@transaction.atomic
def remove(*, therapist_id: int, npi: str, by: int, on: date) -> None:
    """Stop offering a therapist from a day on; booked sessions stay.

    :raises TherapistUnknown: nobody has this NPI.
    """
    directory.remove(npi=npi, on=on, actor=f"staff:{by}")
    matching.project_soon(therapist_ids=[therapist_id])


@transaction.atomic
def reinstate(*, therapist_id: int, npi: str, by: int) -> None:
    """Offer a therapist again.

    :raises TherapistUnknown: nobody has this NPI.
    """
    directory.reinstate(npi=npi, actor=f"staff:{by}")
    matching.project_soon(therapist_ids=[therapist_id])


def _words(page: str) -> str:
    return _(
        "Clients see your license, your plans and your hours only while they are known to be true. Some of it was "
        "last checked a while ago.\n\nPlease look, and say with one click that it is still so:\n%(page)s\n\nUntil "
        "then, less and less of it is shown."
    ) % {"page": page}
