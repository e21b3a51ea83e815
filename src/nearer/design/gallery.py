"""What the gallery shows: each component's name, what it is for, and forms in each state."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.design.forms import (
    CardCheckboxes,
    CardRadios,
    Chips,
    ChipSelect,
    CodeInput,
    DateField,
    DateInput,
    TimeRadios,
)
from nearer.design.sentences import SentencePart


@dataclass(frozen=True, slots=True)
class Section:
    """One component in the gallery: `name` is also its template under design/gallery/."""

    name: str
    title: str | Promise
    purpose: str | Promise

    @property
    def template(self) -> str:
        return f"design/gallery/{self.name}.html"


SECTIONS: tuple[Section, ...] = (
    Section("mark", _("The mark"), _("Two circles that have come near and stayed two.")),
    Section("journey", _("Journey"), _("Where a person is on the way. The gap closes with each step.")),
    Section("type", _("Type"), _("Headings, a lead, plain text, a quiet line.")),
    Section("colour", _("Color"), _("Each color by its name and its one meaning.")),
    Section("buttons", _("Buttons"), _("One main thing to do on each page; the rest is quiet.")),
    Section("notices", _("Notices"), _("Something worth knowing, something kind, something to be careful about.")),
    Section("tags", _("Tags"), _("Short facts side by side.")),
    Section("card", _("Card"), _("One thing that belongs together, such as a therapist in an answer.")),
    Section("summary_list", _("Summary list"), _("What a person told us, with a way to change it.")),
    Section("sentences", _("Sentences"), _("Something sayable, from ticks and own words.")),
    Section("details", _("Details"), _("More for those who want it.")),
    Section("steps", _("Steps"), _("Things that happen one after the other.")),
    Section("times", _("Times"), _("Real times that can be taken, as links or as choices.")),
    Section("form", _("Form"), _("Each kind of field as the renderer draws it.")),
    Section("form_errors", _("Form with mistakes"), _("The summary on top, the sentence above each field.")),
    Section("empty_form", _("Form with one question"), _("A question that is its own page heading.")),
)

WHO = (("me", _("Me")), ("us", _("The two of us")), ("both", _("Both")))
TIMES = (("0900", "9:00"), ("0950", "9:50"), ("1130", "11:30"), ("1310", "1:10"), ("1540", "3:40"), ("1630", "4:30"))

#: A part of what could be said, as the rooms that help to say it write it.
SENTENCE = SentencePart(
    code="notice",
    name=_("What I notice"),
    sentences=(_("You’ve been quiet since the weekend."), _("You seemed far away last night.")),
    hint=_("Something anyone could have seen. No label, no “why”."),
)


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=_("Your legal name"),
        help_text=_("As on your insurance card."),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your legal name.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Enter an e-mail address such as ana@example.org.")},
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        help_text=_("Only if you would like us to call."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    birth_date = DateField(
        label=_("When were you born?"),
        help_text=_("For example, 3 27 1986."),
        widget=DateInput(autocomplete="bday"),
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Choose a state")), ("MA", "Massachusetts"), ("NY", "New York")],
        error_messages={"required": _("Choose a state.")},
    )
    who = forms.ChoiceField(
        label=_("Who is this for?"),
        choices=WHO,
        widget=CardRadios(hints={"me": _("Just you and a therapist."), "us": _("You and a partner, together.")}),
        error_messages={"required": _("Choose who this is for.")},
    )
    reach = forms.MultipleChoiceField(
        label=_("How is it safe to reach you?"),
        choices=(("email", _("E-mail")), ("text", _("Text message")), ("call", _("Phone call"))),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one way.")},
    )
    concerns = forms.MultipleChoiceField(
        label=_("What would you like help with?"),
        required=False,
        choices=(("closeness", _("Letting people close")), ("trust", _("Trusting others")), ("grief", _("Grief"))),
        widget=Chips,
    )
    plans = forms.MultipleChoiceField(
        label=_("When could you meet?"),
        required=False,
        choices=(("morning", _("Mornings")), ("evening", _("Evenings"))),
        widget=CardCheckboxes(hints={"evening": _("From 5 in the afternoon.")}),
    )
    strength = forms.ChoiceField(
        label=_("How much does this matter?"),
        choices=(("must", _("It must be so")), ("nice", _("It would be nice"))),
        widget=ChipSelect,
        error_messages={"required": _("Choose how much this matters.")},
    )
    time = forms.ChoiceField(
        label=_("Tuesday, November 24"),
        choices=TIMES,
        widget=TimeRadios,
        error_messages={"required": _("Choose a time.")},
    )
    note = forms.CharField(
        label=_("Anything the therapist should know"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    consent = forms.BooleanField(
        label=_("I agree to meet by video."),
        help_text=_("You can change your mind at any time."),
        error_messages={"required": _("To meet by video we need your agreement.")},
    )


class EmptyForm(forms.Form):
    """A form of one question."""

    code = forms.CharField(label=_("The six digits we sent you"), widget=CodeInput)


def mistaken_form() -> ExampleForm:
    """Return the example form as it comes back when most of it was left out."""
    form = ExampleForm(
        {"name": "", "email": "ana@", "birth_date_month": "13", "birth_date_day": "1", "birth_date_year": "1986"},
    )
    form.full_clean()
    form.add_error(None, _("That time was taken a moment ago. Here are the next ones."))
    return form
