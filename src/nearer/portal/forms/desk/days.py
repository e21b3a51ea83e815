"""Time off, other hours on one day, and a pause."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.portal.forms.desk.hours import RowsForm


class DayInput(forms.DateInput):
    """The browser's own way to pick a day; where there is none, a day such as 2026-11-24."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: object, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        required=required,
        widget=DayInput(),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter a day such as 2026-11-24.")},
    )


class _Coming(forms.Form):
    """Days that lie ahead, by the therapist's own calendar."""

    def __init__(self, data: Any = None, *, today: date, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix, auto_id="id_%s")
        self.today = today

    def _ahead(self, name: str) -> date | None:
        day: date | None = self.cleaned_data.get(name)
        if day is not None and day < self.today:
            raise forms.ValidationError(_("This day is over. Choose one that is still to come."))
        return day


class TimeOffForm(_Coming):
    """Days on which nobody can book."""

    first = day_field(_("First day off"))
    last = day_field(_("Last day off"))

    def clean_first(self) -> date | None:
        return self._ahead("first")

    def clean_last(self) -> date | None:
        return self._ahead("last")


class PauseForm(_Coming):
    """A pause with the day on which one is back."""

    until = day_field(_("Back on"))

    def clean_until(self) -> date | None:
        day = self._ahead("until")
        if day == self.today:
            raise forms.ValidationError(_("That is today. Choose a later day, or leave things as they are."))
        return day


class OtherHoursForm(RowsForm):
    """Other hours on one day."""

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, days={"day": str(_("Hours that day"))}, held={})
        self.today = today
        self.fields["on"] = day_field(_("Which day"))
        self.order_fields(["on"])

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.today:
            raise forms.ValidationError(_("This day is over. Choose one that is still to come."))
        return on
