"""Reads what stands in files: this room keeps nothing about anybody."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from nearer.reflection.rules.feelings import Feeling, read_feelings

FEELINGS = Path(__file__).parent / "data" / "feelings.toml"


@lru_cache(maxsize=8)
def feelings(language: str) -> tuple[Feeling, ...]:
    """Return the vocabulary of a language; each language has words of its own."""
    return read_feelings(tomllib.loads(FEELINGS.read_text(encoding="utf-8")), language)
