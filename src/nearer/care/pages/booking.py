"""The pages of a booking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nearer.care.pages.finding.facts import Fact, checked, price_words, source_words
from nearer.care.pages.times import days, time_words, when_words
from nearer.care.records import BookingCard
from nearer.care.rules.answers import other_half
from nearer.care.rules.couples import day_of
from nearer.care.rules.tokens import seal_answers
from nearer.care.rules.told import Told
from nearer.care.vocabulary import zone_words
from nearer.directory.api import vocabulary
from nearer.foundation.timerange import TimeRange
from nearer.scheduling.api import may_cancel

TimeChoices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class ToldPage:
    """What the client was told, and when."""

    on: str
    payment: str
    network: Fact | None
    licences: tuple[Fact, ...]
    price: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BookingPage:
    """One booking. `start` is what a form sends to take the same time again (UTC, ISO 8601)."""

    token: str
    stage: str
    goal: str
    name: str
    credentials: str
    service: str
    when: str
    zone: str
    until: str
    length: str
    where: str
    address: str
    start: str
    email: str
    called: str
    writes: bool
    is_moved: bool
    let_go: bool
    told: ToldPage
    may_cancel: bool
    is_couple: bool
    search: str
    other_search: str


def booking_page(card: BookingCard, token: str, now: datetime) -> BookingPage:
    """Return a booking in words, in the client's zone."""
    session, client, told = card.appointment.session, card.client, card.told
    answers = replace(card.answers, zone=card.time_zone)
    minutes = int(session.length.total_seconds() // 60)
    until = card.appointment.hold_expires_at
    day = day_of(session.start, card.time_zone)
    other = other_half(answers, card.appointment.service, card.appointment.therapist_id, day)
    return BookingPage(
        token=token,
        stage=card.stage.name,
        goal=card.stage.goal,
        name=told.name,
        credentials=told.credentials,
        service=str(vocabulary.SERVICES[card.appointment.service]),
        when=when_words(session, card.time_zone),
        zone=zone_words(card.time_zone),
        until=time_words(until.astimezone(ZoneInfo(card.time_zone))) if until else "",
        length=ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes},
        where=told.place or str(vocabulary.MODALITIES[told.modality]),
        address=told.address,
        start=session.start.isoformat(),
        email=client.email if client else "",
        called=client.preferred_name if client else "",
        writes=client is not None and "email" in client.safe_to_reach,
        is_moved=card.appointment.sequence > 0,
        let_go=card.let_go,
        told=_told(told, card.terms),
        may_cancel=may_cancel(card.appointment, now=now),
        is_couple=card.appointment.service == "couples",
        search=seal_answers(answers, now),
        other_search=seal_answers(other, now) if other else "",
    )


def time_choices(openings: Sequence[TimeRange], zone: str) -> TimeChoices:
    """Return openings as a form offers them: by day, each with its value and its words."""
    return [(day.words, [(time.value, time.words) for time in day.every]) for day in days(openings, zone)]


def code_sent() -> str:
    return _("A new code is on its way, unless this address was sent five in the last hour. Use the newest one.")


def _told(told: Told, terms: tuple[str, ...]) -> ToldPage:
    return ToldPage(
        on=date_format(date.fromisoformat(told.told_on), "DATE_FORMAT"),
        payment=_payment(told),
        network=Fact(_network(told), checked(told.verified_on)) if told.network else None,
        licences=tuple(_licences(told)),
        price=_price(told),
        terms=terms,
    )


def _payment(told: Told) -> str:
    if told.paid_by_other:
        return _("Not billed to you or your plan")
    if told.plan:
        return f"{told.payer}: {told.plan}"
    return (
        _("Your plan is not in our list, so this counts as paying yourself") if told.unlisted else _("You pay yourself")
    )


def _network(told: Told) -> str:
    return _("%(name)s is in the network %(network)s, according to %(source)s") % {
        "name": told.name,
        "network": told.network,
        "source": source_words(told.source),
    }


def _licences(told: Told) -> Iterator[Fact]:
    for where, kind, on in told.licences:
        words = {"kind": vocabulary.LICENCES.get(kind, kind), "state": vocabulary.JURISDICTIONS[where]}
        yield Fact(_("%(kind)s, licensed in %(state)s") % words, checked(on))


def _price(told: Told) -> str:
    if told.paid_by_other:
        return _("Nothing is billed to you for this session.")
    if told.fee_cents is not None:
        fee = {"fee": price_words(told.fee_cents)}
        return _("%(fee)s for this session") % fee if told.is_further else _("%(fee)s for the first session") % fee
    if told.plan:
        return _("Your plan decides what you pay. The number on your card can tell you the amount.")
    return _("We don’t know the fee. Please ask before you meet.")
