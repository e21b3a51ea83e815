"""The face of matching: all that another room may call."""

from __future__ import annotations

from nearer.matching.engine.request import Part
from nearer.matching.engine.supply import ENOUGH, Figures
from nearer.matching.engine.weights import Weights, weights
from nearer.matching.operations import project, project_soon, project_stale, tally_day
from nearer.matching.queries.answering import answer, explain, more
from nearer.matching.queries.changes import mark_of
from nearer.matching.queries.standing import preview, standing_of
from nearer.matching.queries.supply import gaps, opening_hours, overview, plans_of
from nearer.matching.queries.tallying import removals_of
from nearer.matching.records.answer import EverythingNice, Match, Matches, NotMatched, Page, Reason, Relaxation, Unmet
from nearer.matching.records.ask import MUST, NICE, TIMES, Ask, AskWish
from nearer.matching.records.standing import BEHIND, FIRST, Obstacle, Standing
from nearer.matching.records.supply import Gap, Overview, PlanFigures
from nearer.matching.records.tally import Removals

__all__ = [
    "BEHIND",
    "ENOUGH",
    "FIRST",
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
    "Obstacle",
    "Overview",
    "Page",
    "Part",
    "PlanFigures",
    "Reason",
    "Relaxation",
    "Removals",
    "Standing",
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
    "preview",
    "project",
    "project_soon",
    "project_stale",
    "removals_of",
    "standing_of",
    "tally_day",
    "weights",
]
