"""Licences, contracts and services, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nearer.directory.api import HeldFact, OwnFacts, Profile, ServiceCard, StatementCard, is_due, vocabulary
from nearer.portal.pages.desk.times import date_words

CENTS = 100


@dataclass(frozen=True, slots=True)
class FactLine:
    """A licence or contract: what it is, how it stands, since when and until when."""

    id: int
    part: str
    title: str
    detail: str
    standing: str
    stands: bool
    until: str
    checked: str
    waits: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something said that nobody has checked yet."""

    id: int
    title: str
    said: str
    is_so: bool


@dataclass(frozen=True, slots=True)
class FactsPage:
    """All that the therapist and others answer for."""

    own_until: str
    own_is_due: bool
    licences: tuple[FactLine, ...]
    contracts: tuple[FactLine, ...]
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service that is offered, or could be."""

    kind: str
    title: str
    is_offered: bool
    detail: str


def facts_page(facts: OwnFacts, today: date) -> FactsPage:
    """Return the page of licences and contracts."""
    known = {(fact.part, fact.jurisdiction, fact.kind, fact.number, fact.network) for fact in _all(facts)}
    return FactsPage(
        own_until=date_words(facts.own_until),
        own_is_due=is_due(facts.own_until, today),
        licences=tuple(_line(fact, today) for fact in facts.licences),
        contracts=tuple(_line(fact, today) for fact in facts.contracts),
        waiting=tuple(
            _waiting(said)
            for said in facts.waiting
            if not said.is_so
            or (
                said.part == "contract"
                and (said.part, said.jurisdiction, said.kind, said.number, said.network) not in known
            )
        ),
    )


def service_lines(profile: Profile) -> tuple[ServiceLine, ...]:
    """Return each service there is, offered or not."""
    return tuple(_service(kind, profile.service(kind)) for kind in vocabulary.SERVICES)


def _all(facts: OwnFacts) -> Iterator[HeldFact]:
    yield from facts.licences
    yield from facts.contracts


def _line(fact: HeldFact, today: date) -> FactLine:
    until = min(fact.expires_on, fact.ends_on or fact.expires_on)
    return FactLine(
        id=fact.id,
        part=fact.part,
        title=_title(fact),
        detail=_detail(fact),
        standing=_standing(fact, until, today),
        stands=fact.stands,
        until=date_words(until),
        checked=date_words(fact.verified_on),
        waits=date_words(fact.waiting_since.date()) if fact.waiting_since else "",
    )


def _title(fact: HeldFact | StatementCard) -> str:
    state = vocabulary.JURISDICTIONS.get(fact.jurisdiction, fact.jurisdiction)
    if fact.part == "contract":
        return f"{fact.payer}: {fact.network}, {state}"
    return f"{vocabulary.LICENCES.get(fact.kind, fact.kind)}, {state}"


def _detail(fact: HeldFact) -> str:
    if fact.part == "licence":
        return _("Number %(number)s") % {"number": fact.number}
    if fact.ends_on:
        return _("From %(first)s until %(last)s") % {
            "first": date_words(fact.starts_on),
            "last": date_words(fact.ends_on),
        }
    return _("Since %(first)s") % {"first": date_words(fact.starts_on)}


def _standing(fact: HeldFact, until: date, today: date) -> str:
    """Return how a fact stands, in one sentence."""
    if fact.status == "unverified":
        return _("Nobody has checked this yet, so it brings you no clients.")
    if fact.status in {"expired", "suspended"}:
        return _("This is marked as no longer active, so it brings you no clients.")
    if not fact.stands and until < today:
        return _("This ended on %(day)s. You are not shown by it.") % {"day": date_words(until)}
    if not fact.stands:
        return _("This has not begun yet.")
    days = (until - today).days
    if is_due(until, today):
        left = ngettext("Ends in %(days)d day.", "Ends in %(days)d days.", days) % {"days": days}
        return left if days else _("Ends today.")
    return _("Good until %(day)s.") % {"day": date_words(until)}


def _waiting(said: StatementCard) -> Waiting:
    return Waiting(said.id, _title(said), date_words(said.said_at.date()), said.is_so)


def _service(kind: str, held: ServiceCard | None) -> ServiceLine:
    title = str(vocabulary.SERVICES[kind])
    if held is None:
        return ServiceLine(kind, title, is_offered=False, detail=_("You do not offer this."))
    given = (("telehealth", held.telehealth), ("in_person", held.in_person))
    ways = get_text_list([str(vocabulary.MODALITIES[way]).lower() for way, has in given if has], _("and"))
    ages = get_text_list([str(vocabulary.AGES[age]) for age in held.ages], _("and"))
    length = _("%(first)d minutes first, then %(later)d") % {
        "first": held.intake_minutes,
        "later": held.session_minutes,
    }
    return ServiceLine(kind, title, is_offered=True, detail=" · ".join((str(ages), str(ways), length)))
