"""Reads the crisis lines from their file. They live in a file, so that help needs no database."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from nearer.safety.rules import CountryHelp, read_countries

FILE = Path(__file__).parent / "data" / "crisis_lines.json"


@lru_cache(maxsize=1)
def countries() -> tuple[CountryHelp, ...]:
    """Return help in every country we know of, the United States first."""
    return read_countries(json.loads(FILE.read_text(encoding="utf-8")))
