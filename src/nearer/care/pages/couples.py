"""The pages of two people. Whatever either said alone, each is shown the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nearer.care.pages.times import Day, days, time_words, when_words
from nearer.care.queries.couples.standing import Invitation, Standing
from nearer.care.records import BookingCard
from nearer.care.rules.answers import Answers
from nearer.care.rules.couples import alone, together
from nearer.care.rules.tokens import seal_answers
from nearer.care.vocabulary import zone_words
from nearer.directory.api import vocabulary
from nearer.foundation.timerange import TimeRange
from nearer.matching.api import Match, Matches
from nearer.safety.api import TextNumber, crisis_lines


@dataclass(frozen=True, slots=True)
class TogetherPage:
    """What one of two sees of their time: with whom, when, their own part alone, and until when it waits."""

    token: str
    name: str
    credentials: str
    when: str
    where: str
    own_part: str
    shared_part: str
    minutes: int
    until: str
    appointment: int
    search: str
    is_proposal: bool
    may_ask_again: bool
    may_propose: bool


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What whoever was asked sees before they say who they are. There is nothing in it of the one who asked."""

    token: str
    name: str
    credentials: str
    when: str
    where: str
    minutes: int
    until: str
    is_billed: bool
    somebody_is_billed: bool


@dataclass(frozen=True, slots=True)
class FitCard:
    """Someone who fits both: without a reason, since a reason would tell what the other one asked for."""

    npi: str
    name: str
    credentials: str
    about: str
    is_demonstration: bool
    modality: str
    way: str
    days: tuple[Day, ...]


def together_page(card: BookingCard, found: Standing, token: str, now: datetime) -> TogetherPage:
    """Return the page of a time for two, in the zone of the one whose card it is."""
    session, zone = card.appointment.session, card.time_zone
    return TogetherPage(
        token=token,
        name=card.told.name,
        credentials=card.told.credentials,
        when=when_words(session, zone),
        where=card.told.place or str(vocabulary.MODALITIES[card.told.modality]),
        own_part=_span(alone(session, card.place, found.alone), zone),
        shared_part=_span(together(session, found.alone), zone),
        minutes=int(found.alone.total_seconds() // 60),
        until=_until(found.waits_until, zone),
        appointment=card.appointment.id,
        search=seal_answers(card.answers, now),
        is_proposal=found.is_proposal,
        may_ask_again=found.may_ask_again,
        may_propose=found.may_propose,
    )


def invitation_page(found: Invitation, token: str, zone: str) -> InvitationPage:
    """Return what a link opens, in the zone that is known best."""
    return InvitationPage(
        token=token,
        name=found.told.name,
        credentials=found.told.credentials,
        when=when_words(found.session, zone),
        where=found.told.place or str(vocabulary.MODALITIES[found.modality]),
        minutes=int(found.alone.total_seconds() // 60),
        until=_until(found.waits_until, zone),
        is_billed=found.is_billed,
        somebody_is_billed=found.somebody_is_billed,
    )


def fit_cards(found: Matches | None, answers: Answers) -> tuple[FitCard, ...]:
    """Return those who fit both with their times in the zone of whoever looks."""
    return () if found is None else tuple(_fit_card(match, answers) for match in found.matches)


def _fit_card(match: Match, answers: Answers) -> FitCard:
    profile = match.profile
    return FitCard(
        npi=profile.npi,
        name=profile.name,
        credentials=profile.credentials,
        about=profile.about,
        is_demonstration=profile.is_demonstration,
        modality=match.modality,
        way=str(vocabulary.MODALITIES[match.modality]),
        days=days(match.openings, answers.zone, most_days=6, most_times=5),
    )


def _span(part: TimeRange, zone: str) -> str:
    here = ZoneInfo(zone)
    words = {"start": time_words(part.start.astimezone(here)), "end": time_words(part.end.astimezone(here))}
    return _("%(start)s to %(end)s") % words


def _until(moment: datetime | None, zone: str) -> str:
    if moment is None:
        return ""
    here = moment.astimezone(ZoneInfo(zone))
    day: date = here.date()
    return f"{date_format(day, 'l')}, {date_format(day, 'MONTH_DAY_FORMAT')}, {time_words(here)} ({zone_words(zone)})"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Someone to talk to now."""

    name: str
    call: str
    dial: str
    text: TextNumber | None


def help_lines(language: str) -> tuple[HelpLine, ...]:
    """Return whom to call or text here, in a language; the same for everyone who is asked the question."""
    return tuple(
        HelpLine(line.name, line.call, "".join(filter(str.isdigit, line.call)), line.text_in(language))
        for line in crisis_lines().lines
    )
