"""What a page weighs: every byte that a first visit brings over the wire, compressed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

#: What two pages may weigh at most, each: the front page and the answer.
ALLOWED = 60_000
#: Already compressed, and sent as they are.
PACKED = frozenset({".woff2", ".png", ".jpg", ".webp"})


def weight(page: str) -> dict[str, int]:
    """Return the bytes of a page and of everything it asks for, each compressed by gzip as a server would."""
    weights = {"page": len(gzip.compress(page.encode(), 6))}
    waiting = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    while waiting:
        name = waiting.pop()
        if name not in weights:
            path = _found(name)
            weights[name] = path.stat().st_size if path.suffix in PACKED else len(gzip.compress(path.read_bytes(), 9))
            waiting += _asked_by(name, path)
    return weights


def _found(name: str) -> Path:
    path = finders.find(name)
    assert isinstance(path, str), f"{name} is not among the static files"
    return Path(path)


def _asked_by(name: str, path: Path) -> list[str]:
    """Return what a style sheet asks for in its turn."""
    if path.suffix != ".css":
        return []
    return [str(Path(name).parent / found) for found in re.findall(r'url\("([^"]+)"\)', path.read_text("utf-8"))]
