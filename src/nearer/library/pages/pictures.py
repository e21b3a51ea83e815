"""The pictures that were drawn for the library, as they stand in a page."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).resolve().parents[1] / "shelf" / "pictures"
_NAME = re.compile(r"[a-z0-9-]+")
_HEAD = re.compile(r"^\s*<svg\b")


def picture(name: str, alternative: str = "") -> SafeString:
    """Return a picture by its name, said aloud as its alternative; without one it is decoration. Empty: unknown."""
    drawing = _drawing(name)
    if not drawing:
        return SafeString("")
    told = format_html('role="img" aria-label="{}"', alternative) if alternative else SafeString('aria-hidden="true"')
    return mark_safe(_HEAD.sub(lambda _: f'<svg class="drawn" {told}', drawing, count=1))  # noqa: S308 - drawn by us


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    path = FOLDER / f"{name}.svg"
    if not _NAME.fullmatch(name) or not path.is_file():
        return ""
    return path.read_text(encoding="utf-8").strip()
