"""Which of the professions that others tell of are those of our therapists.

Codes and names are those of the NUCC health care provider taxonomy (notice in docs/third-party.md).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def behavioural() -> Mapping[str, str]:
    """Return the kind of licence that each taxonomy code of a therapist stands for."""
    return _table("nucc_behavioural.csv")


@cache
def _table(name: str) -> Mapping[str, str]:
    """Return the kind of licence by the first column of a data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return {row[0]: row[1] for row in list(csv.reader(lines))[1:]}


def title(text: str) -> str | None:
    """Return the kind of licence that a title after a name stands for (LICSW, LMHC); None if it is none of ours.

    Titles differ from state to state. A doctor's degree is read as a psychologist's, a physician's as a psychiatrist's:
    ask only where the person is known to be a therapist.
    """
    return _table("credential_words.csv").get(text.upper().replace(".", "").replace(" ", ""))


def profession(text: str) -> str | None:
    """Return the kind of licence of a profession told by taxonomy code, or in words; None if it is none of ours."""
    plain = " ".join(text.split())
    if plain.upper() in behavioural():
        return behavioural()[plain.upper()]
    folded = plain.casefold()
    return next((licence for words, licence in _table("profession_words.csv").items() if words in folded), None)
