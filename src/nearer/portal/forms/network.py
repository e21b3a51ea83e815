"""What an operator may choose to look at. In addresses: it says nothing of anybody."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.design.forms import Chips
from nearer.directory.api import vocabulary
from nearer.matching.api import TIMES
from nearer.portal.vocabulary import MEASURES

STATES = sorted(vocabulary.JURISDICTIONS.items(), key=lambda item: item[1])
#: The languages that are looked at where none is chosen.
USUAL = ("en", "es")


class GlanceForm(forms.Form):
    """What the map of the network counts."""

    service = forms.ChoiceField(choices=list(vocabulary.SERVICES.items()), required=False)
    measure = forms.ChoiceField(choices=list(MEASURES.items()), required=False)

    @property
    def service_chosen(self) -> str:
        return str(self.chosen("service") or "individual")

    @property
    def measure_chosen(self) -> str:
        return str(self.chosen("measure") or "bookable")

    def chosen(self, name: str) -> object:
        """Return what was chosen, if it is something that can be."""
        self.is_valid()
        return self.cleaned_data.get(name)


class GapsForm(forms.Form):
    """Which gaps to list."""

    service = forms.ChoiceField(label=_("Service"), choices=list(vocabulary.SERVICES.items()), required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All states")), *STATES], required=False)
    language = forms.MultipleChoiceField(
        label=_("Languages"), choices=list(vocabulary.LANGUAGES.items()), required=False, widget=Chips
    )
    time = forms.MultipleChoiceField(
        label=_("Times of the week"), choices=list(TIMES.items()), required=False, widget=Chips
    )

    def service_chosen(self) -> str:
        return str(self._chosen("service") or "individual")

    def states_chosen(self) -> tuple[str, ...]:
        return (str(self._chosen("state")),) if self._chosen("state") else ()

    def languages_chosen(self) -> tuple[str, ...]:
        return self._several("language") or USUAL

    def times_chosen(self) -> tuple[str, ...]:
        return self._several("time") or tuple(TIMES)

    def _several(self, name: str) -> tuple[str, ...]:
        chosen = self._chosen(name)
        return tuple(chosen) if isinstance(chosen, list) else ()

    def _chosen(self, name: str) -> object:
        self.is_valid()
        return self.cleaned_data.get(name)
