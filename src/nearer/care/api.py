"""Care's face: the first step of the journey, for pages that begin it; the shopper who tries it."""

from __future__ import annotations

from nearer.care.forms.finding import StartForm
from nearer.care.operations.shopping import NobodyListed, Trip, shop
from nearer.care.vocabulary import STEPS

__all__ = ["STEPS", "NobodyListed", "StartForm", "Trip", "shop", "start_form"]


def start_form() -> StartForm:
    """Return the first step, unanswered; its page posts it to `care:find`."""
    return StartForm()
