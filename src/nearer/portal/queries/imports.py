"""Imports from the desk and from the command line, with their reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nearer.directory import api as directory
from nearer.portal.models import Upload


@dataclass(frozen=True, slots=True)
class UploadCard:
    """One file that was sent: its report once it is being read. `trouble` says why nothing was taken in."""

    id: int
    source: str
    name: str
    size: int
    sent_at: datetime
    finished_at: datetime | None
    trouble: str
    run: directory.RunCard | None


_FIELDS = ("id", "source", "name", "size", "sent_at", "finished_at", "trouble", "run_id")


def uploads(most: int = 30) -> tuple[UploadCard, ...]:
    """Return the files sent last, newest first. Two queries."""
    return _cards(Upload.objects.order_by("-id").values_list(*_FIELDS)[:most])


def upload_of(upload_id: int) -> UploadCard | None:
    return next(iter(_cards(Upload.objects.filter(pk=upload_id).values_list(*_FIELDS))), None)


def _cards(rows: Iterable[tuple[Any, ...]]) -> tuple[UploadCard, ...]:
    found = list(rows)
    runs = directory.runs([row[-1] for row in found if row[-1] is not None])
    card: Callable[..., UploadCard] = UploadCard
    return tuple(card(*row[:-1], runs.get(row[-1])) for row in found)
