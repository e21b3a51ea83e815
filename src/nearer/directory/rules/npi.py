"""The number that identifies a therapist: ten digits, the last of which checks the others."""

from __future__ import annotations

import re

_NPI = re.compile(r"[0-9]{10}", re.ASCII)


def check_digit(first_nine: str) -> str:
    """Return the tenth digit of an NPI.

    The Luhn formula over the nine digits prefixed with 80840 (health applications, United States);
    the prefix alone adds 24. Source: CMS, "Requirements for National Provider Identifier (NPI) and
    NPI Check Digit", which works the example 123456789 -> 3.
    """
    doubled = "".join(str(2 * int(digit)) for digit in first_nine[::-2])
    total = 24 + sum(map(int, doubled)) + sum(map(int, first_nine[-2::-2]))
    return str(-total % 10)


def is_npi(text: str) -> bool:
    """Say whether this is ten digits of which the last one checks."""
    return _NPI.fullmatch(text) is not None and check_digit(text[:9]) == text[9]
