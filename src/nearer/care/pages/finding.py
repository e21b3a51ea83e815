"""The pages of a search."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nearer.care.pages.times import Day, ZoneChoice, days, zones
from nearer.care.records import Section, Seen
from nearer.care.rules.answers import BOTH, ME, Answers, relaxed
from nearer.care.rules.tokens import seal_answers
from nearer.care.vocabulary import zone_words
from nearer.directory.api import PlanCard, Profile, ServiceCard, vocabulary
from nearer.matching.api import Match, Matches, NotMatched, Page

FEW = 3
CARD_DAYS, CARD_TIMES = 2, 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence, and when what it rests on was last checked."""

    words: str
    checked: str


@dataclass(frozen=True, slots=True)
class Card:
    """One therapist as the answer shows them."""

    npi: str
    name: str
    credentials: str
    pronouns: str
    about: str
    is_demonstration: bool
    reasons: tuple[Fact, ...]
    unmet: tuple[str, ...]
    days: tuple[Day, ...]
    has_more_times: bool
    service: str
    modality: str
    way: str
    length: str
    price: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One wish to let go, what that brings, and the token of the search without it."""

    words: str
    gains: str
    token: str


@dataclass(frozen=True, slots=True)
class SectionPage:
    """The answer for one service. `notes` are what has to be said honestly about it."""

    service: str
    title: str
    cards: tuple[Card, ...]
    count: str
    others: int
    notes: tuple[str, ...]
    rungs: tuple[Rung, ...]


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


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One therapist for one service: times by day, or one sentence why not."""

    service: str
    title: str
    card: Card | None
    reason: str


@dataclass(frozen=True, slots=True)
class TherapistPage:
    """One therapist, and how each fact about them is known."""

    name: str
    credentials: str
    pronouns: str
    about: str
    is_demonstration: bool
    training: str
    licences: tuple[Fact, ...]
    traits: tuple[tuple[str, tuple[str, ...]], ...]
    places: tuple[str, ...]
    seen: tuple[SeenPage, ...]
    sources: tuple[Fact, ...]


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


def section_pages(found: Iterable[Section], answers: Answers, now: datetime) -> tuple[SectionPage, ...]:
    return tuple(_section(section, answers, now) for section in found)


def cards(matches: Iterable[Match], answers: Answers) -> tuple[Card, ...]:
    return tuple(_card(match, answers) for match in matches)


def everyone_count(page: Page) -> str:
    return _count(page.total)


def therapist_page(seen: Sequence[Seen], answers: Answers) -> TherapistPage:
    """Return one therapist with two weeks of times for each service that is sought."""
    profile = seen[0].verdict.profile
    return TherapistPage(
        name=profile.name,
        credentials=profile.credentials,
        pronouns=profile.pronouns,
        about=profile.about,
        is_demonstration=profile.is_demonstration,
        training=profile.couples_training,
        licences=tuple(_licences(profile)),
        traits=tuple(_traits(profile)),
        places=tuple(f"{place.city}, {place.jurisdiction}" for place in profile.locations),
        seen=tuple(_seen(each, answers) for each in seen),
        sources=tuple(_sources(profile)),
    )


def service_title(service: str) -> str:
    return str(vocabulary.SERVICES[service])


def checked(on: date | str) -> str:
    """Return when a fact was last checked, in words; nothing where the day is not known."""
    day = date.fromisoformat(on) if isinstance(on, str) and on else on
    return _("checked on %(day)s") % {"day": date_format(day, "DATE_FORMAT")} if isinstance(day, date) else ""


def price_words(cents: int | None) -> str:
    """Return a fee in US dollars."""
    if cents is None:
        return ""
    dollars = f"{cents // 100:,}" if cents % 100 == 0 else f"{cents / 100:,.2f}"
    return f"${dollars}"


def _section(section: Section, answers: Answers, now: datetime) -> SectionPage:
    matches = section.matches
    shown = len(matches.matches)
    return SectionPage(
        service=section.service,
        title=service_title(section.service),
        cards=cards(matches.matches, answers),
        count=_count(matches.total) if shown else "",
        others=max(matches.total - shown, 0) if matches.others else 0,
        notes=tuple(_notes(matches)),
        rungs=tuple(_rungs(matches, answers, now)) if shown < FEW else (),
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
        people = ngettext("%(count)d more therapist", "%(count)d more therapists", step.gains) % {"count": step.gains}
        tomorrow = (
            ngettext("%(count)d opening tomorrow", "%(count)d openings tomorrow", step.openings_tomorrow)
            % {"count": step.openings_tomorrow}
            if step.openings_tomorrow
            else _("none free tomorrow")
        )
        yield Rung(str(step.words), f"{people}, {tomorrow}", seal_answers(relaxed(answers, step.kind), now))


def _card(match: Match, answers: Answers, *, most_days: int = CARD_DAYS, most_times: int = CARD_TIMES) -> Card:
    profile, shown = match.profile, days(match.openings, answers.zone, most_days=most_days, most_times=most_times)
    return Card(
        npi=profile.npi,
        name=profile.name,
        credentials=profile.credentials,
        pronouns=profile.pronouns,
        about=profile.about,
        is_demonstration=profile.is_demonstration,
        reasons=tuple(Fact(str(each.words), checked(each.verified_on or "")) for each in match.reasons),
        unmet=tuple(str(each.words) for each in match.unmet),
        days=shown,
        has_more_times=sum(len(day.times) for day in shown) < len(match.openings),
        service=match.service.kind,
        modality=match.modality,
        way=str(vocabulary.MODALITIES[match.modality]),
        length=_length(match.service),
        price=_price(match.service, answers),
    )


def _length(service: ServiceCard) -> str:
    minutes = service.intake_minutes
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}


def _price(service: ServiceCard, answers: Answers) -> str:
    if answers.plan_id is not None or service.intake_fee_cents is None:
        return ""
    return _("%(fee)s for the first session") % {"fee": price_words(service.intake_fee_cents)}


def _asked(answers: Answers) -> Iterator[str]:
    yield {ME: _("For me"), BOTH: _("For both of us, and for me")}.get(answers.who, _("For the two of us"))
    places = dict.fromkeys((answers.jurisdiction, answers.partner_jurisdiction or answers.jurisdiction))
    yield _(" and ").join(vocabulary.JURISDICTIONS[place] for place in places)
    if answers.modality:
        yield str(vocabulary.MODALITIES[answers.modality])


def _paid(answers: Answers, plan: PlanCard | None) -> Fact:
    if plan is not None:
        return Fact(f"{plan.payer}: {plan.name}", checked(plan.verified_on))
    return Fact(_("Your plan is not in our list") if answers.unlisted else _("You pay yourself"), "")


def _seen(each: Seen, answers: Answers) -> SeenPage:
    title, verdict = service_title(each.service), each.verdict
    if isinstance(verdict, NotMatched):
        return SeenPage(each.service, title, None, str(verdict.reason))
    return SeenPage(each.service, title, _card(verdict, answers, most_days=0, most_times=0), "")


def _licences(profile: Profile) -> Iterator[Fact]:
    for licence in profile.licences:
        kind = vocabulary.LICENCES.get(licence.kind, licence.kind)
        state = vocabulary.JURISDICTIONS[licence.jurisdiction]
        yield Fact(_("%(kind)s, licensed in %(state)s") % {"kind": kind, "state": state}, checked(licence.verified_on))


def _traits(profile: Profile) -> Iterator[tuple[str, tuple[str, ...]]]:
    titles = {
        "concern": _("Helps with"),
        "approach": _("Ways of working"),
        "style": _("How they are"),
        "language": _("Languages"),
        "identity": _("Says of themselves"),
    }
    for kind, title in titles.items():
        known = vocabulary.TRAITS[kind]
        stated = tuple(str(words) for code, words in known.items() if code in profile.codes(kind))
        if stated:
            yield title, stated


def _sources(profile: Profile) -> Iterator[Fact]:
    yield Fact(_("Who they are: %(source)s") % {"source": profile.source}, checked(profile.verified_on))
    for contract in profile.contracts:
        yield Fact(f"{contract.network}, {contract.jurisdiction}: {contract.source}", checked(contract.verified_on))
