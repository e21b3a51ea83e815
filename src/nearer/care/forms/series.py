"""How often to meet, and on which of the days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.care.rules.series import FORTNIGHTLY, USUAL_COUNT, WEEKLY

EVERY = {str(WEEKLY): _("Every week"), str(FORTNIGHTLY): _("Every two weeks")}
COUNTS = {"2": "2", "4": "4", "6": "6", "8": "8"}


class HowOftenForm(forms.Form):
    """How often, and how many times. It changes nothing, so it travels in the address."""

    every = forms.ChoiceField(label=_("How often?"), choices=list(EVERY.items()), widget=forms.RadioSelect())
    count = forms.ChoiceField(label=_("How many more times?"), choices=list(COUNTS.items()), widget=forms.RadioSelect())

    @classmethod
    def asked(cls, data: Mapping[str, Any]) -> HowOftenForm:
        """Return what was asked for, or what is usual where that can't be read."""
        usual = {"every": str(WEEKLY), "count": str(USUAL_COUNT)}
        form = cls({name: data.get(name, value) for name, value in usual.items()})
        if not form.is_valid():
            form = cls(usual)
            form.full_clean()
        return form

    @property
    def every_weeks(self) -> int:
        return int(self.cleaned_data["every"])

    @property
    def how_many(self) -> int:
        return int(self.cleaned_data["count"])


class SeriesForm(forms.Form):
    """Which of the days: UTC ISO 8601, all of them ticked until one is not wanted."""

    start = forms.MultipleChoiceField(
        label=_("Which of these days?"),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={
            "required": _("Choose at least one day, or go back and keep only your first time."),
            "invalid_choice": _("One of these times was just taken. Here is what is free now."),
        },
    )

    def __init__(self, data: Any = None, *, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"start": [value for value, _words in choices]})
        self.fields["start"].choices = list(choices)  # type: ignore[attr-defined]

    def chosen(self) -> list[datetime]:
        return [datetime.fromisoformat(each).astimezone(UTC) for each in self.cleaned_data["start"]]
