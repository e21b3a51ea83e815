"""The most that a calendar may tell of whom an appointment is with."""

from __future__ import annotations


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name: `A.B.`, or `A.` of one word."""
    words = [word for word in name.split() if word[0].isalpha()]
    ends = words if len(words) < 2 else [words[0], words[-1]]  # noqa: PLR2004 - the two ends
    return "".join(f"{word[0].upper()}." for word in ends)
