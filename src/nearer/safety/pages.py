"""Crisis lines in words, at a reading level that works on the worst day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.safety.api import CountryHelp, CrisisLine, TextNumber, countries, crisis_lines

Words = Mapping[str, str | Promise]

AUDIENCES: Words = {
    "anyone": _("For anyone who feels they can’t go on, or needs someone to talk to."),
    "afraid": _("For anyone who is hurt, controlled or scared by someone close."),
    "sexual_violence": _("For anyone who was touched or forced when they did not want it."),
    "veterans": _("For people who serve or served in the military, and their families."),
    "lgbtq_young": _("For LGBTQ+ people under 25."),
    "trans": _("For trans people. The people who answer are trans, too."),
    "alcohol_drugs": _("For help with alcohol or drugs, for you or someone you love."),
}
CALL_NOTES: Words = {
    "press_1_for_veterans": _("then press 1"),
    "press_2_for_spanish": _("press 2 for Spanish"),
    "tty_1_800_787_3224": _("TTY 1-800-787-3224"),
}
HOURS: Words = {
    "always": _("Day and night"),
    "weekdays_1_to_9_eastern": _("Monday to Friday, 1 to 9 p.m. Eastern time"),
}
LANGUAGES: Words = {"en": _("English"), "es": _("Spanish"), "fr": _("French")}
COUNTRIES: Words = {
    "US": _("United States"),
    "CA": _("Canada"),
    "MX": _("Mexico"),
    "GB": _("United Kingdom"),
    "IE": _("Ireland"),
    "AU": _("Australia"),
    "NZ": _("New Zealand"),
    "ES": _("Spain"),
}


@dataclass(frozen=True, slots=True)
class LineCard:
    """One line as a person reads it."""

    id: str
    name: str
    audience: str | Promise
    call: str
    dial: str
    call_notes: tuple[str | Promise, ...]
    text: TextNumber | None
    chat: str
    hours: str | Promise
    languages: tuple[str | Promise, ...]


@dataclass(frozen=True, slots=True)
class CountryCard:
    """Help in one country as a person reads it."""

    code: str
    name: str | Promise
    emergency: str
    lines: tuple[LineCard, ...]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The page of help that is needed now."""

    here: CountryCard
    elsewhere: tuple[CountryCard, ...]
    checked_on: date


def help_page(language: str) -> HelpPage:
    """Return the page for a reader of `language`, with the date of the oldest check."""
    here = crisis_lines()
    return HelpPage(
        here=_country_card(here, language),
        elsewhere=tuple(_country_card(each, language) for each in countries() if each != here),
        checked_on=min(line.checked_on for each in countries() for line in each.lines),
    )


def _country_card(country: CountryHelp, language: str) -> CountryCard:
    cards = tuple(_line_card(line, language) for line in country.lines)
    return CountryCard(country.code, COUNTRIES[country.code], country.emergency, cards)


def _line_card(line: CrisisLine, language: str) -> LineCard:
    return LineCard(
        id=line.id,
        name=line.name,
        audience=AUDIENCES[line.audience],
        call=line.call,
        dial="".join(filter(str.isdigit, line.call)),
        call_notes=tuple(CALL_NOTES[note] for note in line.call_notes),
        text=line.text_in(language),
        chat=line.chat,
        hours=HOURS[line.hours],
        languages=tuple(LANGUAGES[each] for each in line.languages),
    )
