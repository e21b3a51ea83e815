"""Styles, scripts and pictures: collected, hashed and compressed, when something about them changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_changed() -> bool:
    """Collect the static files unless they are those of last time; return whether they were collected."""
    note = Path(settings.NEARER_HOME) / "static.sha256"
    mark = _fingerprint()
    if note.exists() and note.read_text() == mark and Path(settings.STATIC_ROOT).is_dir():
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    note.write_text(mark)
    return True


def _fingerprint() -> str:
    """Return a digest of every file's path, length and time of last change."""
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            lines.append(f"{path} {facts.st_size} {facts.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
