"""The pages of a search."""

from __future__ import annotations

from nearer.care.pages.finding.answering import everyone_count, section_pages
from nearer.care.pages.finding.cards import cards
from nearer.care.pages.finding.facts import service_title
from nearer.care.pages.finding.framing import frame, who_and_where
from nearer.care.pages.finding.knowing import therapist_page

__all__ = [
    "cards",
    "everyone_count",
    "frame",
    "section_pages",
    "service_title",
    "therapist_page",
    "who_and_where",
]
