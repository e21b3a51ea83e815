"""The face of matching: all that another room may call."""

from __future__ import annotations

from nearer.matching.engine.weights import Weights, weights
from nearer.matching.operations import project, project_soon, project_stale
from nearer.matching.queries.answering import answer, explain, more
from nearer.matching.records.answer import EverythingNice, Match, Matches, NotMatched, Page, Reason, Relaxation, Unmet
from nearer.matching.records.ask import MUST, NICE, TIMES, Ask, AskWish

__all__ = [
    "MUST",
    "NICE",
    "TIMES",
    "Ask",
    "AskWish",
    "EverythingNice",
    "Match",
    "Matches",
    "NotMatched",
    "Page",
    "Reason",
    "Relaxation",
    "Unmet",
    "Weights",
    "answer",
    "explain",
    "more",
    "project",
    "project_soon",
    "project_stale",
    "weights",
]
