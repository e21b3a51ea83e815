"""A request that a therapist describes, to see whether they would be shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.design.forms import Chips, ChipSelect
from nearer.directory.api import vocabulary
from nearer.matching.api import MUST, TIMES, Ask, AskWish
from nearer.portal.forms.desk.offers import STATES

KINDS = ("language", "concern", "approach", "style", "identity")


class RequestForm(forms.Form):
    """Someone who might look for this therapist."""

    service = forms.ChoiceField(label=_("What they want"), choices=list(vocabulary.SERVICES.items()))
    jurisdiction = forms.ChoiceField(label=_("State they are in"), choices=STATES)
    plan = forms.CharField(
        label=_("Their plan"),
        help_text=_("As it is called on the card. Leave it empty for someone who pays themselves."),
        required=False,
        max_length=200,
    )
    age = forms.ChoiceField(label=_("Their age"), choices=list(vocabulary.AGES.items()), initial="adult")
    modality = forms.ChoiceField(
        label=_("How they want to meet"),
        choices=[("", _("Either is fine")), *vocabulary.MODALITIES.items()],
        widget=ChipSelect(),
        required=False,
    )
    times = forms.MultipleChoiceField(
        label=_("When they can"), choices=list(TIMES.items()), widget=Chips(), required=False
    )

    def __init__(self, data: Any = None, *, jurisdiction: str) -> None:
        super().__init__(data, initial={"jurisdiction": jurisdiction, "age": "adult"})
        for kind in KINDS:
            self.fields[kind] = forms.MultipleChoiceField(
                label=_LABELS[kind], choices=list(vocabulary.TRAITS[kind].items()), widget=Chips(), required=False
            )

    def musts(self) -> list[forms.BoundField]:
        """Return what they may need."""
        return [self[kind] for kind in KINDS]

    def ask(self) -> Ask:
        """Return what such a person would ask; what their plan is called stands beside it."""
        said = self.cleaned_data
        return Ask(
            jurisdiction=said["jurisdiction"],
            service=said["service"],
            plan_id=None,
            age_bands=(said["age"],),
            zone=vocabulary.TIME_ZONES[said["jurisdiction"]],
            seed=0,
            modality=said["modality"] or None,
            times=frozenset(said["times"]),
            wishes=tuple(AskWish(kind, tuple(said[kind]), MUST) for kind in KINDS if said[kind]),
        )


_LABELS = {
    "language": _("Languages they need"),
    "concern": _("What the therapist must help with"),
    "approach": _("Ways of working they insist on"),
    "style": _("What the therapist must be like"),
    "identity": _("Who the therapist must be"),
}
