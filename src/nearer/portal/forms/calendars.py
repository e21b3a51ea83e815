"""Connecting a calendar, and making a feed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ConnectForm(forms.Form):
    """Where a calendar is, and what its owner calls it."""

    address = forms.CharField(
        label=_("Address of the calendar"),
        help_text=_("It begins with https:// or webcal://. Nearer keeps it sealed and never shows it again."),
        max_length=4000,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Enter the address of the calendar."),
            "max_length": _("This address is too long. Copy it again from your calendar’s settings."),
        },
    )
    name = forms.CharField(
        label=_("What you call it"),
        help_text=_("For you alone, such as “Family”."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Use at most 40 characters.")},
    )


class FeedForm(forms.Form):
    """What a feed tells."""

    with_initials = forms.BooleanField(
        label=_("Show clients’ initials"),
        help_text=_("Without them every entry reads “Appointment”. Whoever runs your calendar can read what is in it."),
        required=False,
    )
