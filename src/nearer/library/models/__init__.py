"""The library's tables. An article is a page of Wagtail; what is signed and what was done stand beside it."""

from __future__ import annotations

from nearer.library.models.articles import Article, Claim, Contribution, Shelf
from nearer.library.models.editions import Edition, SignOff
from nearer.library.models.ledger import LedgerEvent
from nearer.library.models.people import Contributor
from nearer.library.models.searching import KnownWord, SearchText
from nearer.library.models.sources import Source
from nearer.library.models.tasks import ClinicalReview, EvidenceCheck, SecondReview, reviewed

__all__ = [
    "Article",
    "Claim",
    "ClinicalReview",
    "Contribution",
    "Contributor",
    "Edition",
    "EvidenceCheck",
    "KnownWord",
    "LedgerEvent",
    "SearchText",
    "SecondReview",
    "Shelf",
    "SignOff",
    "Source",
    "reviewed",
]
