"""Care's face: the first step of the journey; the shopper who tries it; what a therapist does with appointments."""

from __future__ import annotations

from nearer.care.forms.finding import StartForm
from nearer.care.operations.by_therapist import cancel_by_therapist, complete, miss, move_by_therapist
from nearer.care.operations.couples.reading import read_by_therapist
from nearer.care.operations.shopping import NobodyListed, Trip, shop
from nearer.care.pages.preview import Preview, preview_of
from nearer.care.queries.clients import Asked, Consequences, Visit, clients_of, consequences_of
from nearer.care.queries.couples.standing import alone_parts
from nearer.care.queries.terms import consequence_words, policy_for, policy_in_force, policy_words, terms_text
from nearer.care.rules.policy import Consequence, Policy, what_if_cancelled, what_if_missed
from nearer.care.rules.policy_file import PolicyWrong
from nearer.care.vocabulary import STEPS, zone_words

__all__ = [
    "STEPS",
    "Asked",
    "Consequence",
    "Consequences",
    "NobodyListed",
    "Policy",
    "PolicyWrong",
    "Preview",
    "StartForm",
    "Trip",
    "Visit",
    "alone_parts",
    "cancel_by_therapist",
    "clients_of",
    "complete",
    "consequence_words",
    "consequences_of",
    "miss",
    "move_by_therapist",
    "policy_for",
    "policy_in_force",
    "policy_words",
    "preview_of",
    "read_by_therapist",
    "shop",
    "start_form",
    "terms_text",
    "what_if_cancelled",
    "what_if_missed",
    "zone_words",
]


def start_form() -> StartForm:
    """Return the first step, unanswered; its page posts it to `care:find`."""
    return StartForm()
