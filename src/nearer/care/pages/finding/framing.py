"""What stands around every page of a search: what was asked, and in which zone times are read."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nearer.care.pages.finding.facts import Fact, checked, listed, wished
from nearer.care.pages.times import ZoneChoice, zones
from nearer.care.rules.answers import BOTH, ME, MUST, UNSURE, Answers, Wish
from nearer.care.vocabulary import zone_words
from nearer.directory.api import PlanCard, vocabulary
from nearer.matching.api import TIMES


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page of a search."""

    token: str
    key: str
    asked: tuple[str, ...]
    paid: Fact
    zone: str
    zones: tuple[ZoneChoice, ...]
    answers: Answers


def frame(answers: Answers, token: str, plan: PlanCard | None) -> Frame:
    """Return what every page of this search says around its answer. Each has a key of its own for holding."""
    return Frame(
        token=token,
        key=secrets.token_urlsafe(16),
        asked=tuple(_asked(answers)),
        paid=_paid(answers, plan),
        zone=zone_words(answers.zone),
        zones=zones(answers.zone),
        answers=answers,
    )


def who_and_where(answers: Answers) -> str:
    """Return the first step's answers as one sentence."""
    who = {
        ME: _("For you, in %(where)s."),
        BOTH: _("For both of you, and for you, in %(where)s."),
        UNSURE: _("For you, or for the two of you, in %(where)s."),
    }
    return who.get(answers.who, _("For the two of you, in %(where)s.")) % {"where": _where(answers)}


def _where(answers: Answers) -> str:
    places = dict.fromkeys((answers.jurisdiction, answers.partner_jurisdiction or answers.jurisdiction))
    return listed(vocabulary.JURISDICTIONS[place] for place in places)


def _asked(answers: Answers) -> Iterator[str]:
    who = {ME: _("For me"), BOTH: _("For both of us, and for me"), UNSURE: _("For me, or for the two of us")}
    yield who.get(answers.who, _("For the two of us"))
    yield _where(answers)
    if answers.modality:
        yield str(vocabulary.MODALITIES[answers.modality])
    for wish in answers.wishes:
        yield _wished(wish)
    for wish in answers.avoid:
        yield _("Not: %(what)s") % {"what": wished(wish.kind, wish.codes)}
    if answers.times:
        yield _("Only %(times)s") % {"times": listed((TIMES[time] for time in answers.times), _("or"))}


def _wished(wish: Wish) -> str:
    words = _("Must: %(what)s") if wish.strength == MUST else _("%(what)s, if possible")
    return words % {"what": wished(wish.kind, wish.codes)}


def _paid(answers: Answers, plan: PlanCard | None) -> Fact:
    if plan is not None:
        return Fact(f"{plan.payer}: {plan.name}", checked(plan.verified_on))
    return Fact(_("Your plan is not in our list") if answers.unlisted else _("You pay yourself"), "")
