"""What visitors ask of the library."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """What somebody looks for, in their own words."""

    words = forms.CharField(
        label=_("Look for"),
        max_length=100,
        error_messages={
            "required": _("Write a word or two to look for."),
            "max_length": _("That is too long to look for. A word or two is enough."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
    )
