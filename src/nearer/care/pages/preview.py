"""What clients see of one therapist, for the therapist who is about to change it: the same card, the same facts."""

from __future__ import annotations

from dataclasses import dataclass

from nearer.care.pages.finding.cards import Card, card
from nearer.care.pages.finding.knowing import TherapistPage, facts_of
from nearer.care.rules.answers import ME, US, Answers
from nearer.directory.api import Profile
from nearer.matching.api import Match


@dataclass(frozen=True, slots=True)
class Preview:
    """The card of an answer, where there would be one, and the page behind it."""

    card: Card | None
    page: TherapistPage


def preview_of(profile: Profile, match: Match | None, *, service: str, jurisdiction: str, zone: str) -> Preview:
    """Return what a client who pays themselves would see; rendered by `care/preview.html`."""
    answers = Answers(who=US if service == "couples" else ME, jurisdiction=jurisdiction, zone=zone, seed=0)
    shown = None if match is None else card(match, answers)
    return Preview(shown, facts_of(profile))
