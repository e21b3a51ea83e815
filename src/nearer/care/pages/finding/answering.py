"""The answer, service by service: who can see them, and where there are few, what would bring more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nearer.care.pages.finding.cards import Card, cards, shared_words
from nearer.care.pages.finding.facts import listed, service_title, wished
from nearer.care.records import Section
from nearer.care.rules.answers import Answers, all_nice, relaxed
from nearer.care.rules.tokens import seal_answers
from nearer.matching.api import Matches, Page, Relaxation

FEW = 3


@dataclass(frozen=True, slots=True)
class Rung:
    """One wish to let go, what that brings, and the token of the search without it."""

    words: str
    gains: str
    token: str


@dataclass(frozen=True, slots=True)
class SectionPage:
    """The answer for one service. `notes` are what has to be said honestly about it; `shared` is true of all shown.

    Where nobody fits and no single change helps, `all_nice` is the one way on that is left, if it leads anywhere.
    """

    service: str
    title: str
    cards: tuple[Card, ...]
    count: str
    shared: str
    others: int
    notes: tuple[str, ...]
    rungs: tuple[Rung, ...]
    is_dead_end: bool
    all_nice: Rung | None


def section_pages(found: Iterable[Section], answers: Answers, now: datetime) -> tuple[SectionPage, ...]:
    return tuple(_section(section, answers, now) for section in found)


def everyone_count(page: Page) -> str:
    return _count(page.total)


def _section(section: Section, answers: Answers, now: datetime) -> SectionPage:
    matches = section.matches
    shown = len(matches.matches)
    return SectionPage(
        service=section.service,
        title=service_title(section.service),
        cards=cards(matches.matches, answers),
        count=_count(matches.total) if shown else "",
        shared=shared_words(matches.matches),
        others=max(matches.total - shown, 0) if matches.others else 0,
        notes=tuple(_notes(matches)),
        rungs=tuple(_rungs(matches, answers, now)) if shown < FEW else (),
        is_dead_end=section.is_dead_end,
        all_nice=_all_nice(section, answers, now),
    )


def _count(total: int) -> str:
    return ngettext("%(total)d therapist fits.", "%(total)d therapists fit.", total) % {"total": total}


def _notes(matches: Matches) -> Iterator[str]:
    if not matches.matches:
        yield _("We found nobody who fits everything you asked for and has a free time in the next two weeks.")
    elif not matches.within_48h:
        yield _("Nobody who fits has a free time within the next two days. These are the first times there are.")


def _rungs(matches: Matches, answers: Answers, now: datetime) -> Iterator[Rung]:
    for step in matches.relaxations:
        yield Rung(
            _step_words(step), _gains(step.gains, step.people_tomorrow), seal_answers(relaxed(answers, step.kind), now)
        )


def _step_words(step: Relaxation) -> str:
    """Return one change as a whole sentence."""
    ways = {
        "times": _("Any time of the week, not only %(what)s"),
        "modality": _("Meet by video or in person, either way"),
        "video": _("Meet by video, each where you are"),
        "in_person": _("Meet in person, both in %(what)s"),
    }
    if step.kind in ways:
        return ways[step.kind] % {"what": listed(step.labels, _("or"))}
    return capfirst(_("%(what)s would be nice, not a must") % {"what": wished(step.kind, step.codes)})


def _gains(people: int, tomorrow: int) -> str:
    more = ngettext("%(count)d more person", "%(count)d more people", people) % {"count": people}
    free = _("%(people)s, %(count)d of them free tomorrow") if tomorrow else _("%(people)s, none free tomorrow")
    return free % {"people": more, "count": tomorrow}


def _all_nice(section: Section, answers: Answers, now: datetime) -> Rung | None:
    found = section.matches.everything_nice
    if found is None:
        return None
    people = ngettext("%(count)d person", "%(count)d people", found.therapists) % {"count": found.therapists}
    token = seal_answers(all_nice(answers, found.modality), now)
    return Rung(_("Treat all my musts as nice to have"), people, token)
