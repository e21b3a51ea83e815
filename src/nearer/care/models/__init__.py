"""The journey's tables."""

from __future__ import annotations

from nearer.care.models.booking import Booking
from nearer.care.models.couple import Aside, Couple
from nearer.care.models.policy import Outcome, Proposal, Terms
from nearer.care.models.rematch import Rematch
from nearer.care.models.reminding import ReminderWish
from nearer.care.models.series import Series, SeriesSession
from nearer.care.models.waiting import Offer, Wait

__all__ = [
    "Aside",
    "Booking",
    "Couple",
    "Offer",
    "Outcome",
    "Proposal",
    "Rematch",
    "ReminderWish",
    "Series",
    "SeriesSession",
    "Terms",
    "Wait",
]
