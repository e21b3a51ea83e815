"""What is wrong with a National Provider Identifier, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nearer.directory import rules

LENGTH = 10


def fault(npi: str) -> str | None:
    """Return why this is no NPI, in a sentence for the person who keeps the file; None if it is one."""
    if not npi:
        return _("The NPI is missing.")
    if len(npi) != LENGTH or not (npi.isascii() and npi.isdigit()):
        return _("The NPI “{npi}” is not ten digits.").format(npi=npi[:40])
    if not rules.is_npi(npi):
        return _("The NPI {npi} fails its check digit, so at least one of its digits is wrong.").format(npi=npi)
    return None
