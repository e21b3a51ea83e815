"""What a therapist says of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.design.forms import Chips
from nearer.directory.api import OwnWords, Profile, vocabulary

MOST_WORDS = 2000

TRAITS: Mapping[str, tuple[Promise, Promise | str]] = {
    "language": (_("Languages you work in"), ""),
    "concern": (_("What you help with"), _("Choose what you do often and well. People who ask for it find you.")),
    "approach": (_("How you work"), ""),
    "style": (_("What you are like"), ""),
    "identity": (
        _("Who you are"),
        _("Only if you wish. Some people look for someone like them, and clients see what you choose."),
    ),
}


class ProfileForm(forms.Form):
    """Own words, and one list for each kind of trait."""

    about = forms.CharField(
        label=_("About you"),
        help_text=_("Two or three sentences, as you would say them to someone who is nervous."),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"max_length": _("Use at most 2,000 characters.")},
    )
    credentials = forms.CharField(label=_("Letters after your name"), required=False, max_length=60)
    pronouns = forms.CharField(label=_("Pronouns"), required=False, max_length=40)
    couples_training = forms.CharField(
        label=_("Training in couples therapy"),
        help_text=_("For example, EFT externship 2024. Without it, you are not shown to couples."),
        required=False,
        max_length=200,
    )
    accepting = forms.BooleanField(label=_("I take new clients"), required=False)

    def __init__(self, data: Any = None, *, profile: Profile) -> None:
        super().__init__(data, initial=_initial(profile))
        for kind, (label, hint) in TRAITS.items():
            self.fields[kind] = forms.MultipleChoiceField(
                label=str(label),
                help_text=str(hint),
                choices=list(vocabulary.TRAITS[kind].items()),
                widget=Chips(),
                required=kind == "language",
                error_messages={"required": _("Choose at least one language that you work in.")},
            )

    def lists(self) -> list[forms.BoundField]:
        """Return the lists to choose from."""
        return [self[kind] for kind in TRAITS]

    def words(self) -> OwnWords:
        """Return their own words; what can't be read of them is as it was."""
        said = {**self.initial, **self.cleaned_data}
        return OwnWords(
            about=said["about"],
            pronouns=said["pronouns"],
            credentials=said["credentials"],
            couples_training=said["couples_training"],
            accepting=said["accepting"],
        )

    def traits(self) -> dict[str, tuple[str, ...]]:
        """Return the codes that were chosen, by kind; what can't be read of them is as it was."""
        said = {**self.initial, **self.cleaned_data}
        return {kind: tuple(said[kind]) for kind in TRAITS}


def _initial(profile: Profile) -> dict[str, Any]:
    said = {name: getattr(profile, name) for name in ("about", "pronouns", "credentials", "couples_training")}
    traits = {kind: sorted(profile.codes(kind)) for kind in TRAITS}
    return {**said, "accepting": profile.accepting, **traits}
