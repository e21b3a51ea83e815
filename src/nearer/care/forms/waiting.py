"""Leaving a way to be told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.design.forms import CardRadios

ANY = ""
WITHIN = ((ANY, _("Any time that fits")), ("3", _("Only within 3 days")), ("7", _("Only within a week")))


class WaitForm(forms.Form):
    """Where to write, and how soon a time must be."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Choose one that only you read. The message says that a time is free, and nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail."),
            "invalid": _("Enter an e-mail such as name@example.com."),
            "max_length": _("Enter an e-mail of at most 254 characters."),
        },
    )
    within = forms.ChoiceField(label=_("Which times?"), choices=WITHIN, widget=CardRadios(hints={}), required=False)

    def within_days(self) -> int | None:
        """Return within how many days a time must be; None where any will do."""
        said: str = self.cleaned_data["within"]
        return int(said) if said else None
