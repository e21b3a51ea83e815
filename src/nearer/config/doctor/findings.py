"""One thing looked at, and what was found: a sentence, and the way out where it is not well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    WELL = "well"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """`way_out` is empty where nothing has to be done."""

    about: str
    verdict: Verdict
    sentence: str
    way_out: str = ""


def count(number: int, thing: str, several: str = "") -> str:
    """Return "1 job" or "2 jobs", or of a thing that is counted otherwise "1 diary" or "2 diaries"."""
    return f"{number} {thing}" if number == 1 else f"{number} {several or thing + 's'}"


def well(about: str, sentence: str) -> Finding:
    return Finding(about, Verdict.WELL, sentence)


def warning(about: str, sentence: str, way_out: str) -> Finding:
    return Finding(about, Verdict.WARNING, sentence, way_out)


def problem(about: str, sentence: str, way_out: str) -> Finding:
    return Finding(about, Verdict.PROBLEM, sentence, way_out)
