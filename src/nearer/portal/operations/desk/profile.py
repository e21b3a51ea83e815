"""Own words and traits, kept together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from nearer.directory import api as directory
from nearer.matching import api as matching


@transaction.atomic
def save_profile(
    *, therapist_id: int, words: directory.OwnWords, traits: Mapping[str, Collection[str]], now: datetime
) -> None:
    """Keep what a therapist says of themselves, all of it or nothing, and let it be found soon.

    :raises StatementWrong: something of it can't be said.
    """
    directory.describe(therapist_id=therapist_id, words=words, now=now)
    directory.state_traits(therapist_id=therapist_id, traits=traits, now=now)
    matching.project_soon(therapist_ids=[therapist_id])
