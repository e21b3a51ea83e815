"""Letting somebody in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.accounts.api import KINDS
from nearer.design.forms import CardCheckboxes
from nearer.directory.api import is_npi

HINTS = {
    "therapist": _("Sees their own clients, hours and profile."),
    "operator": _("Sees the network, lets people in, and never what a client wrote in private."),
    "editor": _("Decides what the library shows."),
    "reviewer": _("Signs articles as a clinician."),
    "author": _("Writes articles."),
}


class InviteForm(forms.Form):
    """Whom to let in, as what."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("An address that only this person reads. Codes to sign in go there."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter an e-mail."),
            "invalid": _("Enter an e-mail such as name@example.com."),
            "max_length": _("Enter an e-mail of at most 254 characters."),
        },
    )
    kinds = forms.MultipleChoiceField(
        label=_("What will they do here?"),
        choices=list(KINDS.items()),
        widget=CardCheckboxes(hints=HINTS),
        error_messages={"required": _("Choose at least one role.")},
    )
    npi = forms.CharField(
        label=_("NPI, for a therapist"),
        help_text=_("Ten digits. It says whose desk they sit at, and must be in the directory already."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_npi(self) -> str:
        npi = "".join(str(self.cleaned_data["npi"]).split())
        if npi and not is_npi(npi):
            raise forms.ValidationError(_("An NPI has ten digits, and these are none. Check for a slip."))
        return npi

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if "kinds" in said and "npi" in said and ("therapist" in said["kinds"]) != bool(said["npi"]):
            sentence = _("Leave the NPI out, or choose the role of therapist.")
            if not said["npi"]:
                sentence = _("Enter the NPI of the therapist.")
            self.add_error("npi", sentence)
        return said
