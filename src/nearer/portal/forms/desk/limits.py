"""How a therapist takes bookings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.scheduling.api import BOUNDS, INCREMENTS

WORDS: Mapping[str, tuple[Promise, Promise]] = {
    "weekly_new_clients": (_("New clients a week"), _("Nobody else new can begin in a week that has so many.")),
    "caseload_limit": (_("Clients at once"), _("From this many on, nobody new can book.")),
    "caseload_elsewhere": (
        _("Clients you see elsewhere"),
        _("People you see who did not come through here. They count as well."),
    ),
    "lead_days": (_("Days of notice"), _("1 means that the earliest time is tomorrow.")),
    "horizon_days": (_("How many days ahead people can book"), _("At most 180.")),
    "buffer_before_minutes": (_("Minutes free before a session"), _("At most 120.")),
    "buffer_after_minutes": (_("Minutes free after a session"), _("At most 120.")),
}


class LimitsForm(forms.Form):
    """One number for each limit."""

    def __init__(self, data: Any = None, *, held: Mapping[str, int]) -> None:
        super().__init__(data, initial=dict(held))
        for name, (label, hint) in WORDS.items():
            low, high = BOUNDS[name]
            wrong = _("Enter a number from %(low)d to %(high)d.") % {"low": low, "high": high}
            self.fields[name] = forms.IntegerField(
                label=str(label),
                help_text=str(hint),
                min_value=low,
                max_value=high,
                widget=forms.TextInput({"inputmode": "numeric", "class": "input-4", "autocomplete": "off"}),
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
            )
        self.fields["increment_minutes"] = forms.TypedChoiceField(
            label=_("Sessions start every"),
            choices=[(each, _("%(minutes)d minutes") % {"minutes": each}) for each in INCREMENTS],
            coerce=int,
            initial=held.get("increment_minutes"),
        )

    def changes(self) -> dict[str, int]:
        """Return what was entered."""
        return {name: int(value) for name, value in self.cleaned_data.items()}
