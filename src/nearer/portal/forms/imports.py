"""Sending a file, and mending a row of one."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.design.forms import DateField
from nearer.directory.api import roster_columns

SOURCES = {
    "roster": _("A practice’s roster (CSV or Excel)"),
    "plan-net": _("Plan-Net: a payer’s directory (JSON)"),
    "qhp": _("Marketplace plans (JSON)"),
    "nppes": _("NPPES: the national register (CSV)"),
}
#: Cells that hold more than a few words.
LONG = frozenset({"about", "licences", "networks", "hours", "concerns", "identities"})


class UploadForm(forms.Form):
    """A file, and what it is."""

    source = forms.ChoiceField(label=_("What is it?"), choices=list(SOURCES.items()))
    file = forms.FileField(label=_("The file"), help_text=_("At most 256 MB."))
    plans = forms.FileField(label=_("The roster’s plans, if in a file of their own"), required=False)
    as_of = DateField(
        label=_("On which day did the source say this?"), help_text=_("Today, if you leave it empty."), required=False
    )


class RowForm(forms.Form):
    """The cells of one row, by the columns of its table."""

    def __init__(self, cells: Mapping[str, str], data: Mapping[str, str] | None = None) -> None:
        super().__init__(data, initial=dict(cells))
        for name, says, example in roster_columns(cells):
            widget = forms.Textarea({"rows": 3}) if name in LONG else forms.TextInput()
            hint = f"{says} ({example})" if says and example else says or example
            self.fields[name] = forms.CharField(
                label=name, help_text=hint, required=False, strip=False, widget=widget, initial=cells.get(name, "")
            )

    @property
    def said(self) -> list[forms.BoundField]:
        """The columns in which something stands."""
        return [field for field in self if field.value()]

    @property
    def unsaid(self) -> list[forms.BoundField]:
        return [field for field in self if not field.value()]

    def cells(self) -> dict[str, str]:
        """Return the columns that say something; those that name the table stay even if empty."""
        self.is_valid()
        needed = {"npi"} if "npi" in self.fields else {"payer"}
        return {name: cell for name, cell in self.cleaned_data.items() if cell or name in needed}
