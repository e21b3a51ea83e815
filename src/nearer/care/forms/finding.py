"""The questions of a search."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.care.rules.answers import BOTH, ME, MUST, NICE, UNSURE, US, Answers, Wish
from nearer.care.rules.zones import is_zone, zone_of
from nearer.design.forms import CardRadios, Chips, ChipSelect
from nearer.directory.api import PlanChoice, vocabulary
from nearer.matching.api import TIMES

SELF, UNLISTED = "self", "unlisted"
UNDER_AGE = "under"
SEEDS = 2**31

WHO: tuple[tuple[str, Promise], ...] = (
    (ME, _("Me")),
    (US, _("The two of us")),
    (BOTH, _("Both: someone for us, and someone of my own")),
    (UNSURE, _("I’m not sure")),
)
WHO_HINTS = {
    ME: _("Someone to talk to on your own. What you say there is yours alone."),
    US: _("One person who sees you both together. Each of you signs up apart, and neither sees what the other says."),
    BOTH: _("Two different people, on different days. You take one time first and then the other."),
    UNSURE: _("That is an answer too. We show you both kinds, and you can begin with either."),
}
#: Who names a partner from the start. Whoever is not sure may still come alone.
WITH_PARTNER = frozenset({US, BOTH})
STATES = sorted(vocabulary.JURISDICTIONS.items(), key=lambda item: item[1])
AGES = (("adult", _("18 to 64")), ("older", _("65 or over")), (UNDER_AGE, _("Under 18")))
#: The wishes in the order they are asked: kind -> its codes, the question, and whether it may be a must.
WISHES: Mapping[str, tuple[Mapping[str, Promise], Promise]] = {
    "concern": (vocabulary.CONCERNS, _("What would you like help with?")),
    "language": (vocabulary.LANGUAGES, _("Languages to talk in")),
    "identity": (vocabulary.IDENTITIES, _("Who the therapist is")),
    "style": (vocabulary.STYLES, _("How you would like them to be")),
    "approach": (vocabulary.APPROACHES, _("Ways of working that you know you want")),
}
WISH_HINTS: Mapping[str, Promise] = {
    "identity": _("Only what therapists chose to say of themselves. We never guess."),
    "approach": _("Leave this open if these names mean nothing to you. Most people do."),
}
#: How a must of each kind counts, as matching counts it.
MUST_HINTS: Mapping[str, Promise] = {
    "concern": _("As a must: everything you chose here."),
    "language": _("As a must: any one of these is enough."),
    "identity": _("As a must: one of each kind you chose."),
    "style": _("As a must: any one of these is enough."),
    "approach": _("As a must: any one of these is enough."),
}


class WishFields(NamedTuple):
    """One thing to wish for, how much it matters, how a must would count, and whether its fold is open."""

    field: forms.BoundField
    strength: forms.BoundField
    must: str
    is_open: bool


class StartForm(forms.Form):
    """The first step: for whom, and where."""

    who = forms.ChoiceField(
        label=_("Who is it for?"),
        choices=WHO,
        widget=CardRadios(hints=WHO_HINTS),
        error_messages={"required": _("Choose who it is for.")},
    )
    jurisdiction = forms.ChoiceField(
        label=_("Which state will you be in?"),
        help_text=_("Where you are during sessions. A therapist needs a license there."),
        choices=[("", _("Choose a state")), *STATES],
        error_messages={"required": _("Choose the state you will be in.")},
    )

    def answered(self) -> Answers:
        """Return the first answers, with a new seed and the zone of the state."""
        said = self.cleaned_data
        where = said["jurisdiction"]
        return Answers(who=said["who"], jurisdiction=where, zone=zone_of(where), seed=secrets.randbelow(SEEDS))

    def changed(self, answers: Answers) -> Answers:
        """Return the answers with another who and where. Another state has other plans and perhaps another zone."""
        said = self.cleaned_data
        if said["jurisdiction"] != answers.jurisdiction:
            where = said["jurisdiction"]
            answers = replace(answers, jurisdiction=where, zone=zone_of(where), complete=False, plan_id=None)
        if said["who"] not in WITH_PARTNER:
            answers = replace(answers, partner_jurisdiction=None, partner_age=None)
        return replace(answers, who=said["who"])


class AskForm(forms.Form):
    """How it is paid; and, folded away, whatever matters to them."""

    plan = forms.ChoiceField(
        label=_("The plan on your card"),
        help_text=_("We show only therapists in its network."),
        error_messages={
            "required": _("Choose your plan, or that you pay yourself."),
            "invalid_choice": _("Choose a plan from the list."),
        },
    )
    partner_jurisdiction = forms.ChoiceField(
        label=_("Which state will your partner be in?"),
        help_text=_(
            "If it is another state, we look for someone with a license in both, to meet by video. "
            "If you choose to meet in person, both of you would be in the first state."
        ),
        choices=STATES,
    )
    age = forms.ChoiceField(label=_("How old are you?"), choices=AGES, widget=ChipSelect(), initial="adult")
    partner_age = forms.ChoiceField(
        label=_("How old is your partner?"), choices=AGES, widget=ChipSelect(), initial="adult"
    )
    modality = forms.ChoiceField(
        label=_("How would you like to meet?"),
        help_text=_("We don’t ask where in the state you live, so in person may be far away."),
        choices=[("", _("Either is fine")), *vocabulary.MODALITIES.items()],
        widget=ChipSelect(),
        required=False,
    )
    times = forms.MultipleChoiceField(
        label=_("When could you meet?"), choices=list(TIMES.items()), widget=Chips(), required=False
    )
    zone = forms.CharField(widget=forms.HiddenInput(attrs={"data-zone": ""}), required=False)

    def __init__(self, data: Any = None, *, plans: Iterable[PlanChoice], answers: Answers) -> None:
        super().__init__(data, initial=_initial(answers))
        self.answers = answers
        self.fields["plan"].choices = _plans(plans)  # type: ignore[attr-defined]
        for kind, (words, question) in WISHES.items():
            self.fields[kind] = forms.MultipleChoiceField(
                label=str(question),
                choices=list(words.items()),
                widget=Chips(),
                required=False,
                help_text=str(WISH_HINTS.get(kind, "")),
            )
            self.fields[f"{kind}_strength"] = forms.ChoiceField(
                label=_("How much does that matter?"),
                choices=[(NICE, _("Nice to have")), (MUST, _("A must"))],
                widget=ChipSelect(),
                required=False,
            )
        if answers.who not in WITH_PARTNER:
            del self.fields["partner_jurisdiction"], self.fields["partner_age"]

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        return zone if is_zone(zone) else self.answers.zone

    @property
    def is_young(self) -> bool:
        """Say whether someone is under 18: no mistake, but nothing that can be booked here yet."""
        return self.is_bound and UNDER_AGE in {self["age"].value(), *self._partners_age()}

    @property
    def where(self) -> str:
        return vocabulary.JURISDICTIONS[self.answers.jurisdiction]

    def wishes(self) -> Iterator[WishFields]:
        """Yield what can be wished for; what was answered stands open."""
        for kind in WISHES:
            field = self[kind]
            yield WishFields(
                field, self[f"{kind}_strength"], str(MUST_HINTS[kind]), bool(field.value() or field.errors)
            )

    def answered(self) -> Answers:
        """Return the answers with what was given here."""
        said = self.cleaned_data
        plan = said["plan"]
        return replace(
            self.answers,
            complete=True,
            plan_id=int(plan) if plan.isdecimal() else None,
            unlisted=plan == UNLISTED,
            zone=said["zone"],
            age=said["age"],
            partner_jurisdiction=said.get("partner_jurisdiction"),
            partner_age=said.get("partner_age"),
            modality=said["modality"] or None,
            times=tuple(said["times"]),
            wishes=tuple(
                Wish(kind, tuple(said[kind]), said[f"{kind}_strength"] or NICE) for kind in WISHES if said[kind]
            ),
        )

    def _partners_age(self) -> Iterator[str]:
        if "partner_age" in self.fields:
            yield self["partner_age"].value()


class ZoneForm(forms.Form):
    """Another zone to read times in."""

    zone = forms.CharField()

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        if not is_zone(zone):
            raise forms.ValidationError(_("Choose a time zone from the list."))
        return zone


def _plans(plans: Iterable[PlanChoice]) -> list[tuple[Any, Any]]:
    by_payer = groupby(plans, key=lambda plan: plan.payer)
    grouped = [(payer, [(str(plan.id), plan.name) for plan in choices]) for payer, choices in by_payer]
    return [
        ("", _("Choose your plan")),
        (SELF, _("I’ll pay myself")),
        *grouped,
        (UNLISTED, _("My plan is not in this list")),
    ]


def _initial(answers: Answers) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "age": answers.age,
        "partner_jurisdiction": answers.partner_jurisdiction or answers.jurisdiction,
        "partner_age": answers.partner_age or "adult",
        "modality": answers.modality or "",
        "times": answers.times,
        "zone": answers.zone,
    }
    for kind in WISHES:
        wish = answers.wish(kind)
        initial[kind] = wish.codes if wish else ()
        initial[f"{kind}_strength"] = wish.strength if wish else NICE
    if answers.complete:
        initial["plan"] = UNLISTED if answers.unlisted else str(answers.plan_id or SELF)
    return initial
