"""The one form in which a text is hashed and signed, and how two of them differ."""

from __future__ import annotations

import difflib
import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

FORMAT = "nearer-article-1"


def canonical(value: Mapping[str, Any]) -> str:
    """Return JSON in its one form: keys in order, no spaces, Unicode as it is, composed (NFC)."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return unicodedata.normalize("NFC", text)


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def first_difference(one: str, other: str) -> int | None:
    """Return the first byte (from 0, in UTF-8) in which two texts differ; None where they are equal."""
    a, b = one.encode(), other.encode()
    if a == b:
        return None
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what changed between two texts, a line each: "- " for what went, "+ " for what came."""
    if before is None:
        return ()
    lines = difflib.unified_diff(list(_lines(before)), list(_lines(after)), lineterm="", n=0)
    return tuple(f"{line[0]} {line[1:]}" for line in lines if line[:1] in "+-" and line[:3] not in {"+++", "---"})


def changed_parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the parts of a text that differ, in order."""
    return tuple(sorted(key for key in {*before, *after} if before.get(key) != after.get(key)))


def _lines(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for key in sorted(value):
            yield from _lines(value[key], f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _lines(item, name)
    else:
        yield f"{name}: {value}"
