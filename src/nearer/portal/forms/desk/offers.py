"""What a therapist offers, and where."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.design.forms import Chips
from nearer.directory.api import Offer, Place, ServiceCard, vocabulary

CENTS = 100
STATES = sorted(vocabulary.JURISDICTIONS.items(), key=lambda item: item[1])


def _minutes(label: object) -> forms.IntegerField:
    wrong = _("Enter minutes from 15 to 240.")
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        min_value=15,
        max_value=240,
        widget=forms.TextInput({"inputmode": "numeric", "class": "input-4", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


def _fee(label: object) -> forms.DecimalField:
    wrong = _("Enter dollars, such as 150 or 99.50, or leave this empty.")
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(10_000),
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "class": "input-4", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "max_decimal_places"), wrong),
    )


class ServiceForm(forms.Form):
    """One service."""

    ages = forms.MultipleChoiceField(
        label=_("Whom you see"),
        choices=list(vocabulary.AGES.items()),
        widget=Chips(),
        error_messages={"required": _("Choose at least one age that you see.")},
    )
    ways = forms.MultipleChoiceField(
        label=_("How you meet"),
        choices=list(vocabulary.MODALITIES.items()),
        widget=Chips(),
        error_messages={"required": _("Choose video, in person, or both.")},
    )
    intake_minutes = _minutes(_("Minutes of a first session"))
    session_minutes = _minutes(_("Minutes of a later session"))
    intake_fee = _fee(_("Fee of a first session without insurance, in dollars"))
    session_fee = _fee(_("Fee of a later session without insurance, in dollars"))

    def __init__(self, data: Any = None, *, held: ServiceCard | None) -> None:
        super().__init__(data, initial=_initial(held))

    def offer(self, kind: str) -> Offer:
        """Return the service as it was entered."""
        said = self.cleaned_data
        return Offer(
            kind=kind,
            ages=tuple(said["ages"]),
            telehealth="telehealth" in said["ways"],
            in_person="in_person" in said["ways"],
            intake_minutes=said["intake_minutes"],
            session_minutes=said["session_minutes"],
            intake_fee_cents=_cents(said["intake_fee"]),
            session_fee_cents=_cents(said["session_fee"]),
        )


class PlaceForm(forms.Form):
    """Somewhere to see people."""

    name = forms.CharField(label=_("Name of the place"), required=False, max_length=120)
    street = forms.CharField(
        label=_("Street and number"), max_length=200, error_messages={"required": _("Enter the street.")}
    )
    city = forms.CharField(label=_("City"), max_length=80, error_messages={"required": _("Enter the city.")})
    jurisdiction = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Choose a state")), *STATES],
        error_messages={"required": _("Choose the state.")},
    )
    postal_code = forms.CharField(
        label=_("ZIP code"),
        max_length=10,
        widget=forms.TextInput({"class": "input-code", "inputmode": "numeric"}),
        error_messages={"required": _("Enter the ZIP code.")},
    )

    def place(self) -> Place:
        """Return the place as it was entered."""
        return Place(**self.cleaned_data)


def _initial(held: ServiceCard | None) -> dict[str, Any]:
    if held is None:
        return {"ages": ["adult"], "ways": ["telehealth"], "intake_minutes": 60, "session_minutes": 50}
    ways = [way for way, given in (("telehealth", held.telehealth), ("in_person", held.in_person)) if given]
    fees = {"intake_fee": _dollars(held.intake_fee_cents), "session_fee": _dollars(held.session_fee_cents)}
    lengths = {"intake_minutes": held.intake_minutes, "session_minutes": held.session_minutes}
    return {"ages": list(held.ages), "ways": ways, **lengths, **fees}


def _dollars(cents: int | None) -> str:
    if cents is None:
        return ""
    return str(cents // CENTS) if cents % CENTS == 0 else f"{cents / CENTS:.2f}"


def _cents(dollars: Decimal | None) -> int | None:
    return None if dollars is None else int(dollars * CENTS)
