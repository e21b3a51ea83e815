"""The first two questions, as the front page asks them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.design.forms import CardRadios
from nearer.directory.api import vocabulary

WHO = (("me", _("Me")), ("us", _("The two of us")), ("both", _("Both")))
HINTS = {
    "me": _("You and a therapist."),
    "us": _("Couples therapy, side by side."),
    "both": _("Some alone, some together."),
}


class StartForm(forms.Form):
    """Who it is for, and where. Nothing here says who is asking."""

    who = forms.ChoiceField(label=_("Who is this for?"), choices=WHO, widget=CardRadios(hints=HINTS))
    jurisdiction = forms.ChoiceField(
        label=_("Which state will you be in?"),
        help_text=_("Where you will be during the session. A therapist must be licensed there."),
        choices=[("", _("Choose a state")), *vocabulary.JURISDICTIONS.items()],
    )
