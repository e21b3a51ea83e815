"""The face of matching: all that another room may call."""

from __future__ import annotations

from nearer.matching.engine.supply import ENOUGH, Figures
from nearer.matching.engine.weights import Weights, weights
from nearer.matching.operations import project, project_soon, project_stale
from nearer.matching.queries.answering import answer, explain, more
from nearer.matching.queries.changes import mark_of
from nearer.matching.queries.supply import gaps, opening_hours, overview, plans_of
from nearer.matching.records.answer import EverythingNice, Match, Matches, NotMatched, Page, Reason, Relaxation, Unmet
from nearer.matching.records.ask import MUST, NICE, TIMES, Ask, AskWish
from nearer.matching.records.supply import Gap, Overview, PlanFigures

__all__ = [
    "ENOUGH",
    "MUST",
    "NICE",
    "TIMES",
    "Ask",
    "AskWish",
    "EverythingNice",
    "Figures",
    "Gap",
    "Match",
    "Matches",
    "NotMatched",
    "Overview",
    "Page",
    "PlanFigures",
    "Reason",
    "Relaxation",
    "Unmet",
    "Weights",
    "answer",
    "explain",
    "gaps",
    "mark_of",
    "more",
    "opening_hours",
    "overview",
    "plans_of",
    "project",
    "project_soon",
    "project_stale",
    "weights",
]
