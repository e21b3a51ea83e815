"""Which rows were refused for the same reason."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"“[^”]*”")
_NUMBER = re.compile(r"\d+")


def alike(reason: str) -> str:
    """Return a reason without the words and numbers that it quotes: rows with the same are alike."""
    return _NUMBER.sub("#", _QUOTED.sub("“…”", reason))
