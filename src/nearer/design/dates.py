"""A date typed as month, day and year: the way to ask for a date that a person knows by heart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

#: part -> its label, and its name in the browser's autofill
LABELS: Mapping[str, str | Promise] = {"month": _("Month"), "day": _("Day"), "year": _("Year")}
MISSING: Mapping[str, str | Promise] = {
    "month": _("Add the month."),
    "day": _("Add the day."),
    "year": _("Add the year."),
}
YEAR_DIGITS = 4
DAY_DIGITS = 2  # and a month's


class DateParts(NamedTuple):
    """A date as it was typed."""

    year: str
    month: str
    day: str


def order() -> tuple[str, str, str]:
    """Return the parts in the order that readers of the active language write them."""
    return ("month", "day", "year") if (get_language() or "en").startswith("en") else ("day", "month", "year")


class DateInput(forms.Widget):
    """Three boxes. `autocomplete="bday"` lets the browser fill in a birth date."""

    template_name = "design/forms/date.html"
    use_fieldset = True

    def __init__(self, *, autocomplete: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.autocomplete = autocomplete

    def first_id(self, id_: str) -> str:
        """Return the id of the first box."""
        return f"{id_}_{order()[0]}"

    def id_for_label(self, id_: str) -> str:
        return self.first_id(id_) if id_ else ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateParts | str | None:  # noqa: ARG002
        parts = DateParts(*(str(data.get(f"{name}_{part}", "")).strip() for part in DateParts._fields))
        return parts if any(parts) else data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        return not any(key in data for key in (name, *(f"{name}_{part}" for part in LABELS)))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = as_typed(value)._asdict()
        shared = {key: each for key, each in context["widget"]["attrs"].items() if key != "id"}
        context["widget"]["parts"] = [
            {
                "label": LABELS[part],
                "name": f"{name}_{part}",
                "id": f"{context['widget']['attrs'].get('id', name)}_{part}",
                "value": typed[part],
                "autocomplete": f"{self.autocomplete}-{part}" if self.autocomplete else "off",
                "size": YEAR_DIGITS if part == "year" else 2,
                "attrs": shared,
            }
            for part in order()
        ]
        return context


def as_typed(value: object) -> DateParts:
    """Return the three parts of a date, of an ISO date, or of what was typed before."""
    if isinstance(value, DateParts):
        return value
    if isinstance(value, str):
        value = _from_iso(value)
    return (
        DateParts(str(value.year), str(value.month), str(value.day))
        if isinstance(value, date)
        else DateParts("", "", "")
    )


def month_number(typed: str) -> int:
    """Return 1 to 12 for a month's number or name. Raise `ValueError` when it is neither."""
    if typed.isdecimal():
        return _small(typed)
    names = {str(name).lower(): number for table in (MONTHS, MONTHS_3) for number, name in table.items()}
    names |= {name: number for number, name in enumerate(ENGLISH, start=1)}
    wanted = typed.lower().rstrip(".")
    if wanted not in names:
        raise ValueError(typed)
    return names[wanted]


def _small(typed: str) -> int:
    if len(typed) > DAY_DIGITS:
        raise ValueError(typed)
    return int(typed)


ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DateField(forms.Field):
    """A calendar date, typed in three parts. Cleans to a `datetime.date`, or to None if left out."""

    widget = DateInput
    default_error_messages = {
        "required": _("Enter the date."),
        "invalid": _("Enter a real date, such as 3 27 1986."),
        "year": _("Enter the year with four digits, such as 1986."),
    }

    def to_python(self, value: object) -> date | None:
        """Return the date. Raise `ValidationError` with a sentence that says which part to mend."""
        if value in self.empty_values or isinstance(value, date):
            return value if isinstance(value, date) else None
        parts = as_typed(value)
        if not any(parts):
            raise self._error("invalid")
        for part, typed in zip(DateParts._fields, parts, strict=True):
            if not typed:
                raise forms.ValidationError(MISSING[part], code="missing")  # type: ignore[arg-type]
        if len(parts.year) != YEAR_DIGITS:
            raise self._error("year")
        try:
            return date(int(parts.year), month_number(parts.month), _small(parts.day))
        except ValueError:
            raise self._error("invalid") from None

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except forms.ValidationError:
            return True

    def _error(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code)


def _from_iso(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
