"""Today, this week, new clients, and one session, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from nearer.accounts.api import REACH, ClientCard
from nearer.care.api import Consequences, Visit, zone_words
from nearer.directory.api import is_due, vocabulary
from nearer.foundation.timerange import TimeRange
from nearer.portal.pages.desk.couples import part_words, said_words
from nearer.portal.pages.desk.times import date_words, day_words, time_words, when_words
from nearer.portal.queries.desk.sessions import Desk, Session

LIVE = "confirmed"
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One session in a list."""

    id: int
    starts: str
    ends: str
    who: str
    what: str
    is_new: bool
    status: str
    asked: str


@dataclass(frozen=True, slots=True)
class DayOf:
    """One day and its sessions."""

    words: str
    is_today: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A new client, and what they chose to tell."""

    id: int
    who: str
    when: str
    wishes: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """What a day at the desk begins with."""

    today: str
    zone: str
    days: tuple[DayOf, ...]
    later: tuple[DayOf, ...]
    new: tuple[Told, ...]
    open: tuple[Line, ...]
    has_hours: bool
    paused_until: str
    is_full: bool
    caseload: int
    limit: int
    due: str
    not_standing: int


@dataclass(frozen=True, slots=True)
class Person:
    """One who comes, and what their therapist may know."""

    called: str
    legal_name: str
    age: int
    reach: str
    email: str
    phone: str
    zone: str
    state: str
    wishes: tuple[str, ...]
    note: str
    pays: str
    member_id: str
    outcome: str
    alone: str
    alone_part: str


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session, who comes, and what can be done."""

    id: int
    when: str
    who: str
    what: str
    is_new: bool
    status: str
    people: tuple[Person, ...]
    begins_alone: bool
    asked: str
    has_begun: bool
    can_change: bool
    can_move: bool
    if_cancelled: str
    if_missed: str
    reasons: tuple[str, ...]


def home_page(desk: Desk) -> HomePage:
    """Return the first page of the desk."""
    held = desk.diary
    until = min((day for day in (desk.facts.own_until,) if is_due(day, desk.now.date())), default=None)
    facts = (*desk.facts.licences, *desk.facts.contracts)
    return HomePage(
        today=day_words(desk.today),
        zone=zone_words(desk.zone),
        days=tuple(day for on, day in _days(desk) if on < desk.today + WEEK),
        later=tuple(day for on, day in _days(desk) if on >= desk.today + WEEK),
        new=tuple(_told(visit, desk.zone) for visit in desk.visits if _is_coming(visit, desk) and visit.is_new),
        open=tuple(_lines(_unsaid(desk), desk.zone)),
        has_hours=held is not None and bool(held.hours),
        paused_until=date_words(held.settings.paused_until) if held and held.is_paused else "",
        is_full=held is not None and held.caseload >= held.settings.caseload_limit,
        caseload=held.caseload if held else 0,
        limit=held.settings.caseload_limit if held else 0,
        due=date_words(until),
        not_standing=sum(not fact.stands for fact in facts),
    )


def session_page(session: Session) -> SessionPage:
    """Return one session."""
    card, consequences = session.card, session.consequences
    first = session.visits[0] if session.visits else None
    has_begun = session.now >= card.session.start
    return SessionPage(
        id=card.id,
        when=when_words(card.session, session.zone),
        who=_names(session.visits),
        what=_what(card.service, card.modality),
        is_new=card.is_intake,
        status=_status(card.status),
        people=tuple(_person(visit, session) for visit in session.visits),
        begins_alone=bool(session.parts),
        asked=_asked(first, session.zone) if first else "",
        has_begun=has_begun,
        can_change=card.status == LIVE,
        can_move=card.status == LIVE and not has_begun and len(session.visits) == 1,
        if_cancelled=consequences.if_cancelled,
        if_missed=consequences.if_missed,
        reasons=_reasons(consequences),
    )


def times_by_day(times: Sequence[TimeRange], zone: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return times that can be asked for, by day: what a button sends, and what it says."""
    where = ZoneInfo(zone)
    days = groupby(times, key=lambda each: each.start.astimezone(where).date())
    return tuple(
        (day_words(day), tuple((each.start.isoformat(), time_words(each.start, zone)) for each in found))
        for day, found in days
    )


def _days(desk: Desk) -> Iterator[tuple[date, DayOf]]:
    """Yield today, sessions or none, and each day to come that has some."""
    coming = [visit for visit in desk.visits if _on(visit, desk.zone) >= desk.today and _is_shown(visit)]
    found = {day: list(visits) for day, visits in groupby(coming, key=lambda visit: _on(visit, desk.zone))}
    for day in sorted({desk.today, *found}):
        lines = tuple(_lines(found.get(day, ()), desk.zone))
        yield day, DayOf(day_words(day), day == desk.today, lines)


def _on(visit: Visit, zone: str) -> date:
    return visit.appointment.session.start.astimezone(ZoneInfo(zone)).date()


def _is_shown(visit: Visit) -> bool:
    return visit.appointment.status in {LIVE, "completed", "no_show"}


def _is_coming(visit: Visit, desk: Desk) -> bool:
    return visit.appointment.status == LIVE and visit.appointment.session.end > desk.now


def _unsaid(desk: Desk) -> list[Visit]:
    """Return the sessions that are over and of which nobody has said how they went."""
    over = [visit for visit in desk.visits if visit.appointment.session.end <= desk.now]
    return [visit for visit in over if visit.appointment.status == LIVE]


def _lines(visits: Iterable[Visit], zone: str) -> Iterator[Line]:
    for _id, found in groupby(visits, key=lambda visit: visit.appointment.id):
        together = tuple(found)
        card = together[0].appointment
        yield Line(
            id=card.id,
            starts=time_words(card.session.start, zone),
            ends=time_words(card.session.end, zone),
            who=_names(together),
            what=_what(card.service, card.modality),
            is_new=card.is_intake,
            status="" if card.status == LIVE else _status(card.status),
            asked=_asked(together[0], zone),
        )


def _told(visit: Visit, zone: str) -> Told:
    when = when_words(visit.appointment.session, zone)
    return Told(visit.appointment.id, visit.client.called, when, _wishes(visit), visit.note)


def _names(visits: Sequence[Visit]) -> str:
    return str(get_text_list([visit.client.called for visit in visits], _("and")))


def _what(service: str, modality: str) -> str:
    return f"{vocabulary.SERVICES[service]}, {str(vocabulary.MODALITIES[modality]).lower()}"


def _wishes(visit: Visit) -> tuple[str, ...]:
    return tuple(
        str(vocabulary.TRAITS[wish.kind].get(code, code))
        for wish in visit.wishes
        for code in wish.codes
        if wish.kind in {"concern", "approach", "style", "language"}
    )


def _status(status: str) -> str:
    words = {
        "held": _("held, not confirmed yet"),
        "confirmed": _("booked"),
        "completed": _("took place"),
        "no_show": _("nobody came"),
        "released": _("let go"),
        "cancelled": _("cancelled"),
    }
    return words[status]


def _asked(visit: Visit, zone: str) -> str:
    """Return what became of asking for another time; nothing where nobody asked."""
    if visit.asked is None:
        return ""
    when = {"when": when_words(visit.asked.session, zone)}
    words = {
        "": _("You asked for %(when)s. They have not answered yet."),
        "accepted": "",
        "declined": _("You asked for %(when)s. They would rather keep this time."),
    }
    return words.get(visit.asked.answer, "") % when


def _person(visit: Visit, session: Session) -> Person:
    client, told = visit.client, visit.told
    return Person(
        called=client.called,
        legal_name=client.legal_name,
        age=_years(client.birth_date, visit.appointment.session.start.date()),
        reach=str(get_text_list([str(REACH[way]) for way in client.safe_to_reach], _("or"))),
        email=_if_safe(client, client.email, "email"),
        phone=_if_safe(client, client.phone, "text", "phone", "voicemail"),
        zone=zone_words(client.time_zone),
        state=vocabulary.JURISDICTIONS.get(visit.jurisdiction, visit.jurisdiction),
        wishes=_wishes(visit),
        note=visit.note,
        pays=f"{told.payer}: {told.plan}" if told.plan else _("Pays themselves"),
        member_id=visit.member_id,
        outcome=visit.outcome,
        alone=said_words(session, visit.booking_id),
        alone_part=part_words(session, visit.booking_id),
    )


def _if_safe(client: ClientCard, value: str, *ways: str) -> str:
    """Return how to reach someone only where they said that it is safe."""
    return value if set(ways) & set(client.safe_to_reach) else ""


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _reasons(consequences: Consequences) -> tuple[str, ...]:
    return consequences.reasons
