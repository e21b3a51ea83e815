"""A licence or a contract that a therapist tells of."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.directory.api import NetworkCard, vocabulary
from nearer.portal.forms.desk.days import day_field
from nearer.portal.forms.desk.offers import STATES


class LicenceForm(forms.Form):
    """A licence, for someone to look up."""

    jurisdiction = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Choose a state")), *STATES],
        error_messages={"required": _("Choose the state that issued the license.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Choose the kind")), *vocabulary.LICENCES.items()],
        error_messages={"required": _("Choose the kind of license.")},
    )
    number = forms.CharField(
        label=_("Number"), max_length=60, error_messages={"required": _("Enter the number on the license.")}
    )


class ContractForm(forms.Form):
    """A contract, for someone to look up."""

    network_id = forms.TypedChoiceField(
        label=_("Network"), coerce=int, error_messages={"required": _("Choose the network.")}
    )
    jurisdiction = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Choose a state")), *STATES],
        error_messages={"required": _("Choose the state in which it holds.")},
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day, if you know it"), required=False)

    def __init__(self, data: Any = None, *, networks: Iterable[NetworkCard], prefix: str = "contract") -> None:
        super().__init__(data, prefix=prefix)
        grouped = [
            (payer, [(str(each.id), each.name) for each in cards])
            for payer, cards in groupby(networks, key=lambda card: card.payer)
        ]
        self.fields["network_id"].choices = [("", _("Choose a network")), *grouped]  # type: ignore[attr-defined]
