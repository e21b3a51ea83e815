"""Reading entries that were written in more ways than one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nearer.directory.records import Provenance
from nearer.directory.sources import words
from nearer.directory.sources.faults import RowRefused
from nearer.directory.sources.provenance import provenance

SOURCE = "qhp"
Entry = Mapping[str, Any]


def text(entry: object) -> str:
    """Return an entry as it stood, to be shown to whoever keeps the file."""
    try:
        return json.dumps(entry, ensure_ascii=False, default=str)
    except RecursionError:
        return ""


def entry(value: object) -> Entry:
    """Return an element as an object of JSON.

    :raises RowRefused: it is none.
    """
    if not isinstance(value, dict):
        raise RowRefused(_("This is not an object with names and values."))
    return value


def word(element: Entry, name: str) -> str:
    """Return a text; empty if it is missing, null or blank."""
    value = element.get(name)
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""


def many(element: Entry, *names: str) -> list[Any]:
    """Return a list under any of several names; what should be a list and is not becomes one."""
    value = next((element[name] for name in names if element.get(name)), ())
    return list(value) if isinstance(value, list | tuple) else [value]


def years(element: Entry) -> tuple[date, date] | None:
    """Return the first and last days of the years for which an element counts; None if it names none."""
    told = [int(str(year)) for year in many(element, "years") if str(year).isdecimal() and len(str(year)) == 4]  # noqa: PLR2004
    return (date(min(told), 1, 1), date(max(told), 12, 31)) if told else None


@dataclass(frozen=True, slots=True)
class Clock:
    """When it was said."""

    today: date
    as_of: date | None

    def said_on(self, element: Entry) -> date:
        """Return the day on which an entry was last updated; today if it does not say."""
        return min(words.day(word(element, "last_updated_on"), "last_updated_on") or self.today, self.today)

    def told(self, kind: str, source_id: str, element: Entry) -> Provenance:
        verified_on = self.as_of or self.said_on(element)
        return provenance(kind, source=SOURCE, source_id=source_id, verified_on=verified_on)
