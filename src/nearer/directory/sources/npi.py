"""National Provider Identifiers: ten digits, the last of which checks the others."""

from __future__ import annotations

from django.utils.translation import gettext as _

#: Every NPI is checked as if the issuer's prefix for US health applications stood before it.
PREFIX = "80840"
LENGTH = 10


def check_digit(nine: str) -> str:
    """Return the digit that completes nine digits to an NPI (Luhn, over the prefix too: 45 CFR 162.406)."""
    total = 0
    for place, digit in enumerate(reversed(PREFIX + nine)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 (the sum of two digits)
    return str(-total % 10)


def fault(npi: str) -> str | None:
    """Return why this is no NPI, in a sentence for the person who keeps the file; None if it is one."""
    if not npi:
        return _("The NPI is missing.")
    if len(npi) != LENGTH or not (npi.isascii() and npi.isdigit()):
        return _("The NPI “{npi}” is not ten digits.").format(npi=npi[:40])
    if check_digit(npi[:-1]) != npi[-1]:
        return _("The NPI {npi} fails its check digit, so at least one of its digits is wrong.").format(npi=npi)
    return None
