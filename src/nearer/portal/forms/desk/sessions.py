"""What becomes of one session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Why a fee may be let go; the empty one lets nothing go.
REASONS: Mapping[str, Promise] = {
    "illness": _("They were ill"),
    "emergency": _("There was an emergency"),
    "safety": _("It was not safe for them"),
}


class MissedForm(forms.Form):
    """That nobody came, and whether the fee is let go."""

    let_go = forms.ChoiceField(label=_("Let the fee go?"), required=False, widget=forms.RadioSelect())

    def __init__(self, data: Any = None, *, reasons: Sequence[str]) -> None:
        super().__init__(data)
        choices = [("", _("No, as it was agreed")), *((each, REASONS.get(each, each)) for each in reasons)]
        self.fields["let_go"].choices = choices  # type: ignore[attr-defined]
        if not reasons:
            del self.fields["let_go"]

    def reason(self) -> str:
        """Return why the fee is let go; nothing where it is not."""
        return str(self.cleaned_data.get("let_go", ""))


def posted_start(text: str) -> datetime | None:
    """Return the time that a button of the page sends; None for anything else."""
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if start.tzinfo is None else start
