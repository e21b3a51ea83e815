"""A week of working hours, as rows of each day: the way that works everywhere, and what painting writes into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nearer.portal.rules.week import Fault, Row, Span, by_day, read_day, rows_of

#: Rows of a day that are there at least, and at most.
FEWEST_ROWS, MOST_ROWS = 2, 8

_WRONG: Mapping[str, Promise] = {
    "half": gettext_lazy("%(day)s: enter both times of a row, or neither."),
    "unreadable": gettext_lazy("%(day)s: enter times such as 09:00 and 17:30."),
    "backwards": gettext_lazy("%(day)s: hours begin and end at the same time. Enter a later end."),
    "midnight": gettext_lazy(
        "%(day)s: from %(start)s until %(end)s goes past midnight. "
        "End it at 00:00, and enter the rest on the next day, from 00:00."
    ),
    "overlap": gettext_lazy("%(day)s: two rows overlap. Make one of them, or let one end before the other begins."),
}


class ClockInput(forms.TimeInput):
    """A time of the clock, kept as it was typed."""

    input_type = "time"

    def format_value(self, value: Any) -> str:
        return str(value or "")


@dataclass(frozen=True, slots=True)
class DayRows:
    """One day of the form: its number (Monday is 0), its name, and its rows of two fields."""

    number: int
    name: str
    rows: tuple[tuple[forms.BoundField, forms.BoundField], ...]


class RowsForm(forms.Form):
    """Rows of hours for some days. `days` are keys and names; fields are called `<key>-<row>-from` and `-until`."""

    def __init__(
        self, data: Any = None, *, days: Mapping[str, str], held: Mapping[str, Sequence[Row]], more: str = ""
    ) -> None:
        super().__init__(data)
        self.days = days
        self.counts: dict[str, int] = {}
        for key in days:
            rows = held.get(key, ())
            self.counts[key] = min(MOST_ROWS, _posted(data, key) or max(FEWEST_ROWS, len(rows)))
            if key == more:
                self.counts[key] = min(MOST_ROWS, self.counts[key] + 1)
            for number in range(self.counts[key]):
                row = rows[number] if number < len(rows) else Row("", "")
                for part, value in (("from", row.start), ("until", row.end)):
                    self.fields[f"{key}-{number}-{part}"] = forms.CharField(
                        required=False, max_length=8, initial=value, widget=ClockInput(), label=_label(days[key], part)
                    )
        self.spans: dict[str, tuple[Span, ...]] = {}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for key, name in self.days.items():
            rows = [
                Row(*(cleaned.get(f"{key}-{number}-{part}", "") for part in ("from", "until")))
                for number in range(self.counts[key])
            ]
            self.spans[key], faults = read_day(rows)
            for fault in faults:
                self.add_error(f"{key}-{fault.row}-from", _sentence(fault, name, rows))
        return cleaned

    def by_day(self) -> Iterator[DayRows]:
        """Yield each day with its rows."""
        for number, (key, name) in enumerate(self.days.items()):
            rows = range(self.counts[key])
            yield DayRows(number, name, tuple((self[f"{key}-{row}-from"], self[f"{key}-{row}-until"]) for row in rows))


class WeekForm(RowsForm):
    """A week, from Monday."""

    def __init__(self, data: Any = None, *, hours: Iterable[tuple[int, int, int]] = (), more: str = "") -> None:
        held = {str(day): rows_of(spans) for day, spans in by_day(hours).items()}
        super().__init__(data, days={str(day): str(name) for day, name in WEEKDAYS.items()}, held=held, more=more)

    def hours(self) -> tuple[tuple[int, int, int], ...]:
        """Return the hours that were entered: weekday, from, up to."""
        return tuple((int(day), *span) for day, spans in self.spans.items() for span in spans)


def _posted(data: Any, key: str) -> int:
    """Return up to which row of a day something was sent."""
    numbers = (name.split("-")[1] for name in data or () if name.startswith(f"{key}-") and name.count("-") > 1)
    return max((int(number) + 1 for number in numbers if number.isdecimal()), default=0)


def _label(day: str, part: str) -> str:
    return (_("%(day)s, from") if part == "from" else _("%(day)s, until")) % {"day": day}


def _sentence(fault: Fault, day: str, rows: Sequence[Row]) -> str:
    row = rows[fault.row]
    return str(_WRONG[fault.kind]) % {"day": day, "start": row.start, "end": row.end}
