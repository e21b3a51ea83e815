"""The questions of two people: what each says alone, whom to ask, and who the other one is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.care.forms.booking import RegisterForm
from nearer.care.forms.finding import STATES, AskForm
from nearer.care.rules.answers import NICE, US, Answers, Wish
from nearer.care.rules.couples import FIRST, NO, NOT_SAID, SECOND, UNSURE, YES
from nearer.care.rules.zones import zone_of
from nearer.design.forms import CardRadios
from nearer.directory.api import PlanChoice

NOT_ASKED_OF_PARTNER = ("partner_jurisdiction", "partner_age", "age", "modality")


class AloneForm(forms.Form):
    """The one question that each answers alone. No answer leads anywhere else than another."""

    answer = forms.ChoiceField(
        label=_("Is there anything that would make it unsafe to speak openly with your partner in the room?"),
        choices=[
            (NO, _("No")),
            (YES, _("Yes")),
            (UNSURE, _("I’m not sure")),
            (NOT_SAID, _("I’d rather not say")),
        ],
        widget=CardRadios(),
        error_messages={"required": _("Choose one. “I’d rather not say” is an answer too.")},
    )
    may_read = forms.BooleanField(
        label=_("My therapist may read this answer before we meet. Without this, nobody reads it."), required=False
    )


class PartnerForm(forms.Form):
    """Whom to ask, and whose plan it is."""

    email = forms.EmailField(
        label=_("Your partner’s e-mail"),
        max_length=254,
        help_text=_("We send one link there. Choose an address that only they read. We don’t keep it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your partner’s e-mail."),
            "invalid": _("Enter an e-mail such as name@example.com."),
        },
    )
    billed = forms.TypedChoiceField(
        label=_("Whose plan is it?"),
        coerce=int,
        choices=[(FIRST, _("It is my plan")), (SECOND, _("It is my partner’s plan"))],
        widget=CardRadios(
            hints={
                str(FIRST): _("You are the client on paper. Your partner is not billed."),
                str(SECOND): _("Your partner is the client on paper, if they agree to it themselves."),
            }
        ),
        error_messages={"required": _("Choose whose plan it is.")},
    )

    def __init__(self, data: Any = None, *, uses_plan: bool, is_again: bool) -> None:
        super().__init__(data)
        if not uses_plan or is_again:
            del self.fields["billed"]


class PlaceForm(forms.Form):
    """Where the other person will be."""

    jurisdiction = forms.ChoiceField(
        label=_("Which state will you be in?"),
        help_text=_("Where you are during sessions. It need not be the state your partner is in."),
        choices=[("", _("Choose a state")), *STATES],
        error_messages={"required": _("Choose the state you will be in.")},
    )

    def answered(self) -> Answers:
        """Return the other person's first answer."""
        where = self.cleaned_data["jurisdiction"]
        return Answers(who=US, jurisdiction=where, zone=zone_of(where), seed=0)


class NeedsForm(AskForm):
    """What matters to the other person, and their plan. Their age is known from their birth date."""

    def __init__(self, data: Any = None, *, plans: Iterable[PlanChoice], answers: Answers) -> None:
        super().__init__(data, plans=plans, answers=answers)
        self.fields["plan"].help_text = _("It stays yours alone. Whose plan is billed is said below.")
        for name in NOT_ASKED_OF_PARTNER:
            del self.fields[name]

    def answered(self) -> Answers:
        """Return the answers with what was given here."""
        said, plan = self.cleaned_data, self.cleaned_data["plan"]
        wished = (kind for kind in ("concern", "language", "identity", "style", "approach") if said[kind])
        return replace(
            self.answers,
            complete=True,
            plan_id=int(plan) if plan.isdecimal() else None,
            unlisted=plan == "unlisted",
            zone=said["zone"],
            times=tuple(said["times"]),
            wishes=tuple(Wish(kind, tuple(said[kind]), said[f"{kind}_strength"] or NICE) for kind in wished),
        )


class JoinForm(RegisterForm):
    """Who the other person is. Whoever is to be the client on paper agrees to it here."""

    billed = forms.BooleanField(
        label=_("I agree to be the client on paper: my plan is billed, with what is said above."),
        required=True,
        error_messages={
            "required": _("Tick this, or go back and say no to the time. Nobody is billed without agreeing.")
        },
    )

    def __init__(self, data: Any = None, *, is_billed: bool, **asked: Any) -> None:
        super().__init__(data, **asked)
        if not is_billed:
            del self.fields["billed"]


class ProposalForm(forms.Form):
    """Another time, with the same therapist or another who fits both."""

    npi = forms.CharField(max_length=10)
    modality = forms.ChoiceField(choices=[("telehealth", ""), ("in_person", "")])
    start = forms.DateTimeField()


class SeenForm(forms.Form):
    """Which time was shown when they agreed to it."""

    appointment = forms.IntegerField(min_value=1)
