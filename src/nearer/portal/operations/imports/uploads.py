"""A file from the desk: kept in a private folder, read by the worker the way the command line reads, then deleted."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from nearer.audit import api as audit
from nearer.directory import api as directory
from nearer.matching import api as matching
from nearer.portal.models import Upload
from nearer.portal.operations.imports.reading import WESTERNMOST, run

READ = "portal.read_upload"
#: Bytes of a file that is sent to the desk; larger ones are read from the command line.
LARGEST = 256 * 2**20
_SUFFIX = re.compile(r"\.[a-z0-9]{1,6}$")

Chunks = Iterable[bytes]


class CannotRead(Exception):
    """A file can't be taken; the sentence says why."""


def receive(  # noqa: PLR0913 - a file, and what is to be known of it
    *, source: str, name: str, chunks: Chunks, plans: Chunks | None, as_of: date | None, by: int, now: datetime
) -> int:
    """Keep a file, leave it to the worker, and return the upload's id.

    :param plans: for a roster, the file of its plans, if they stand apart.
    :raises CannotRead: it is too large, or empty.
    """
    found = _SUFFIX.search(name.lower())
    suffix, token = found[0] if found else "", secrets.token_hex(16)
    stored = folder() / f"{token}{suffix}"
    try:
        size = _write(stored, chunks)
        if plans is not None:
            _write(stored.with_name(f"{token}-plans{suffix}"), plans)
        return _leave(source=source, name=name, stored_as=stored.name, size=size, as_of=as_of, by=by, now=now)
    except BaseException:
        _forget(stored.name)
        raise


def read_upload(*, upload_id: int, at: Callable[[], datetime]) -> None:
    """Read a file that was sent, and delete it. One that was read already is left alone.

    Was a worker killed on the way, the file is read again from its first row: the same import adds nothing twice.
    """
    row = Upload.objects.filter(pk=upload_id, finished_at__isnull=True).first()
    if row is None:
        return
    if row.run_id is not None:
        directory.drop_run(run_id=row.run_id)
    path, today = folder() / row.stored_as, (at() - WESTERNMOST).date()
    try:
        batches = directory.read_source(row.source, path, today=today, as_of=row.as_of)
        run(row.source, batches, on_batch=lambda *_: None, on_start=lambda run_id: _note(upload_id, run_id=run_id))
    except (directory.NotThisKindOfFile, FileNotFoundError) as reason:
        _note(upload_id, trouble=_trouble(reason, row), finished_at=at())
    else:
        _note(upload_id, finished_at=at())
    _forget(row.stored_as)
    matching.project_stale(now=at())


def folder() -> Path:
    """Return the folder of files on their way, which its owner alone can read; made where there is none."""
    where = Path(settings.NEARER_HOME) / "uploads"
    where.mkdir(mode=0o700, exist_ok=True)
    return where


@transaction.atomic
def _leave(*, by: int, now: datetime, **told: object) -> int:
    row = Upload.objects.create(sent_by_id=by, sent_at=now, **told)
    detail = {"source": row.source, "bytes": row.size}
    audit.record(actor=f"staff:{by}", action="sent a file", subject=f"upload:{row.pk}", detail=detail)
    app.configure_task(READ).defer(upload_id=row.pk)
    return row.pk


def _write(path: Path, chunks: Chunks) -> int:
    size = 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                raise CannotRead(too_large())
            file.write(chunk)
    if not size:
        raise CannotRead(_("This file is empty."))
    return size


def too_large() -> str:
    """Return the sentence for a file that is too large."""
    most = LARGEST // 2**20
    return _("This file is larger than %(most)d MB. Read it from the command line: nearer import.") % {"most": most}


def _note(upload_id: int, **changes: object) -> None:
    Upload.objects.filter(pk=upload_id).update(**changes)


def _forget(stored_as: str) -> None:
    path = folder() / stored_as
    for each in (path, path.with_name(f"{path.stem}-plans{path.suffix}")):
        each.unlink(missing_ok=True)


def _trouble(reason: Exception, row: Upload) -> str:
    if isinstance(reason, FileNotFoundError):
        return _("The file was gone before it was read. Please send it again.")
    return str(reason).replace(str(folder() / row.stored_as), row.name)
