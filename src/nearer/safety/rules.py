"""What a crisis line is, and when its facts are too old to stand on. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

#: A person checks every line at least this often; numbers and code words do change.
CHECK_EVERY = timedelta(days=92)


class CrisisDataUnusable(Exception):
    """The file of crisis lines says something that can't be shown to a person in need."""


@dataclass(frozen=True, slots=True)
class TextNumber:
    """Where to send a text message: `word` to `number`; an empty word means any word."""

    language: str
    number: str
    word: str


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A line that answers people in need, with where its facts come from and when they were checked."""

    id: str
    name: str
    audience: str
    call: str
    call_notes: tuple[str, ...]
    texts: tuple[TextNumber, ...]
    chat: str
    languages: tuple[str, ...]
    hours: str
    source: str
    checked_on: date

    def text_in(self, language: str) -> TextNumber | None:
        """Return where to text in `language`, else in the line's first language, else None."""
        return next((text for text in self.texts if text.language == language), next(iter(self.texts), None))


@dataclass(frozen=True, slots=True)
class CountryHelp:
    """Help in one country (ISO 3166 code): the emergency number, and lines from the most general on."""

    code: str
    emergency: str
    lines: tuple[CrisisLine, ...]


def read_countries(document: Mapping[str, Any]) -> tuple[CountryHelp, ...]:
    """Return the countries of a parsed file. Raise `CrisisDataUnusable` naming the line that is wrong."""
    return tuple(
        CountryHelp(country["code"], country["emergency"], tuple(map(_read_line, country["lines"])))
        for country in document["countries"]
    )


def overdue(countries: Iterable[CountryHelp], on: date) -> tuple[CrisisLine, ...]:
    """Return the lines that should have been checked again by `on`."""
    return tuple(line for country in countries for line in country.lines if on - line.checked_on > CHECK_EVERY)


def _read_line(raw: Mapping[str, Any]) -> CrisisLine:
    try:
        line = CrisisLine(
            **{
                **raw,
                "call_notes": tuple(raw["call_notes"]),
                "texts": tuple(TextNumber(**text) for text in raw["texts"]),
                "languages": tuple(raw["languages"]),
                "checked_on": date.fromisoformat(raw["checked_on"]),
            },
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CrisisDataUnusable(f"The crisis line {raw.get('id', raw)} is not complete: {error}.") from error
    if not (line.call or line.texts or line.chat):
        raise CrisisDataUnusable(f"The crisis line {line.id} gives no way to reach it.")
    if not line.source.startswith("https://"):
        raise CrisisDataUnusable(f"The crisis line {line.id} does not say where its facts come from.")
    return line
