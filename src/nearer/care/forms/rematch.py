"""What didn't fit, and what the next therapist may know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NOTE_LENGTH = 2000


class RematchForm(forms.Form):
    """Nothing has to be ticked or written: looking again is reason enough."""

    reasons = forms.MultipleChoiceField(
        label=_("What did not fit?"),
        help_text=_("Tick what you like, or nothing. Your answers stay; what you tick changes whom we show."),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    note = forms.CharField(
        label=_("A note for your next therapist"),
        help_text=_("Only the next therapist you book can read it. What would help them to know from the start?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=NOTE_LENGTH,
        required=False,
        error_messages={"max_length": _("Keep the note to 2,000 letters; the rest you can say when you meet.")},
    )
    cancel = forms.MultipleChoiceField(
        label=_("Cancel these times?"),
        help_text=_("You can keep them until you have found someone."),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
        error_messages={"invalid_choice": _("One of these times is over or cancelled by now. Please look again.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        reasons: Sequence[tuple[str, str]],
        times: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self.fields["reasons"].choices = list(reasons)  # type: ignore[attr-defined]
        if times:
            self.fields["cancel"].choices = list(times)  # type: ignore[attr-defined]
        else:
            del self.fields["cancel"]

    def cancelled(self) -> list[int]:
        return [int(each) for each in self.cleaned_data.get("cancel", ())]
