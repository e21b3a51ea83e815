"""What an operator looked up, and what of the trail they look at."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.audit.api import KINDS
from nearer.design.forms import DateField
from nearer.portal.vocabulary import ACTORS, PARTS

DAYS = (14, 30, 60)
USUAL_DAYS = 30


class WithinForm(forms.Form):
    """How far ahead to look."""

    days = forms.TypedChoiceField(choices=[(days, days) for days in DAYS], coerce=int, required=False)

    def chosen(self) -> int:
        return int(self.cleaned_data["days"]) if self.is_valid() and self.cleaned_data["days"] else USUAL_DAYS


class VouchForm(forms.Form):
    """What was looked up, where, and until when it holds."""

    part = forms.ChoiceField(label=_("What did you check?"), choices=list(PARTS.items()))
    source = forms.CharField(
        label=_("Where did you check it?"),
        help_text=_("For example: the state board’s website, a phone call to the plan. It is kept with the fact."),
        max_length=48,
        error_messages={"required": _("Say where you checked it.")},
    )
    until = DateField(
        label=_("Until when does it hold?"),
        help_text=_("For a license, the day on it. Else leave it empty."),
        required=False,
    )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if cleaned.get("part") == "licence" and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", _("Give the day on which the license ends."))
        return cleaned


class TrailForm(forms.Form):
    """Which acts to show."""

    kind = forms.ChoiceField(
        label=_("Who acted"), choices=[("", _("Anybody")), *((kind, ACTORS[kind]) for kind in KINDS)], required=False
    )
    subject = forms.RegexField(
        r"^[a-z-]{1,40}(:[0-9]{1,20})?$",
        label=_("What was acted on"),
        help_text=_("A kind and a number, such as therapist:7 or import:3."),
        required=False,
        error_messages={"invalid": _("Write a kind and a number, such as therapist:7.")},
    )
    day = DateField(label=_("On which day (UTC)"), required=False)
    before = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def chosen(self) -> dict[str, object]:
        """Return what to look for; what can't be understood is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
