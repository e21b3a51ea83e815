"""The questions of a booking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from nearer.accounts.api import (
    CONSENTS,
    REACH,
    ClientCard,
    ConsentText,
    PhoneNotUnderstood,
    Registration,
    age_band,
    phone_number,
)
from nearer.care.rules.spreading import spread
from nearer.design.forms import Chips, CodeInput, DateField, DateInput, TimeRadios
from nearer.directory.api import vocabulary

FIRST_DAYS, FIRST_TIMES = 2, 3
CODE_DIGITS = 6
EMAIL = "email"
BY_PHONE = frozenset({"phone", "text", "voicemail"})


class HoldForm(forms.Form):
    """One choice on a page of times. `key` makes pressing twice one hold."""

    npi = forms.CharField(max_length=10)
    service = forms.ChoiceField(choices=list(vocabulary.SERVICES.items()))
    modality = forms.ChoiceField(choices=list(vocabulary.MODALITIES.items()))
    key = forms.CharField(max_length=64)
    start = forms.DateTimeField()

    def __init__(self, data: Any, *, now: datetime) -> None:
        super().__init__(data)
        self.now = now

    def clean_start(self) -> datetime:
        """Return the start in UTC; what is years away is no time of ours, and no calendar reaches it."""
        start: datetime = self.cleaned_data["start"]
        if abs(start - self.now) > timedelta(days=366):
            raise forms.ValidationError(_("Choose a time."))
        return _in_utc(start)


@dataclass(frozen=True, slots=True)
class TimesOfDay:
    """Some radios of one day; `is_open` where one of them was chosen."""

    words: str
    times: list[BoundWidget]

    @property
    def is_open(self) -> bool:
        return any(time.data["selected"] for time in self.times)


class TimeForm(forms.Form):
    """Another time with the same therapist: `times` are UTC ISO 8601 and their words, grouped by day."""

    start = forms.ChoiceField(
        label=_("When would you like to meet?"),
        widget=TimeRadios(),
        error_messages={
            "required": _("Choose a time."),
            "invalid_choice": _("This time was just taken. Choose another one."),
        },
    )

    def __init__(self, data: Any = None, *, times: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        super().__init__(data)
        self.fields["start"].choices = [(day, list(each)) for day, each in times]  # type: ignore[attr-defined]

    def has_times(self) -> bool:
        return bool(self.fields["start"].choices)  # type: ignore[attr-defined]

    @cached_property
    def days(self) -> list[TimesOfDay]:
        radios = iter(self["start"])
        choices = self.fields["start"].choices  # type: ignore[attr-defined]
        return [TimesOfDay(str(day), list(islice(radios, len(times)))) for day, times in choices]

    @cached_property
    def first(self) -> list[TimesOfDay]:
        """Return a few times of the first days, spread over each: what most people need to see."""
        return [TimesOfDay(day.words, list(spread(day.times, FIRST_TIMES))) for day in self.days[:FIRST_DAYS]]

    @cached_property
    def rest(self) -> list[TimesOfDay]:
        shown = {time.data["value"] for day in self.first for time in day.times}
        left = ((day.words, [time for time in day.times if time.data["value"] not in shown]) for day in self.days)
        return [TimesOfDay(words, times) for words, times in left if times]

    def is_rest_open(self) -> bool:
        return any(day.is_open for day in self.rest)

    def chosen(self) -> datetime:
        return _in_utc(datetime.fromisoformat(self.cleaned_data["start"]))


def posted_start(data: Mapping[str, Any]) -> datetime | None:
    """Return the time that a form of times sent, offered or not; None where it is none."""
    try:
        start = datetime.fromisoformat(data.get("start", ""))
        return _in_utc(start) if start.tzinfo else None
    except (ValueError, OverflowError):
        return None


class CodeForm(forms.Form):
    """The six digits that were sent."""

    code = forms.CharField(
        label=_("Six-digit code"),
        widget=CodeInput(),
        error_messages={"required": _("Enter the six digits from the e-mail.")},
    )

    def clean_code(self) -> str:
        digits = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if len(digits) != CODE_DIGITS or not digits.isdecimal():
            raise forms.ValidationError(_("The code is six digits, such as 123456."))
        return digits


class RegisterForm(forms.Form):
    """Who takes the time. Every consent is a field of its own, never ticked beforehand."""

    legal_name = forms.CharField(
        label=_("Legal name"),
        help_text=_("As on your ID or insurance card."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your legal name.")},
    )
    preferred_name = forms.CharField(
        label=_("Name you like to be called"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    birth_date = DateField(
        label=_("Birth date"),
        help_text=_("Such as 3 27 1986."),
        widget=DateInput(autocomplete="bday"),
        error_messages={"required": _("Enter your birth date.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("We send a code there now, and the details of your time. Choose one that only you read."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail."),
            "invalid": _("Enter an e-mail such as name@example.com."),
            "max_length": _("Enter an e-mail of at most 254 characters."),
        },
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel", "inputmode": "tel"}),
    )
    safe_to_reach = forms.MultipleChoiceField(
        label=_("How is it safe to reach you?"),
        help_text=_(
            "Choose a way only if nobody else reads or hears it. The code comes by e-mail now. "
            "Without e-mail here, nothing else does, and only the page you get at the end shows your time."
        ),
        choices=list(REACH.items()),
        initial=[EMAIL],
        widget=Chips(),
        error_messages={"required": _("Choose at least one way in which it is safe to reach you.")},
    )
    member_id = forms.CharField(
        label=_("Member ID on your card"),
        help_text=_("It lets the practice check with your plan before you meet. You can also bring it later."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(
        self, data: Any = None, *, today: date, uses_plan: bool, modality: str, client: ClientCard | None = None
    ) -> None:
        super().__init__(data, initial=_initial(client))
        self.today = today
        self.consents = [each for each in CONSENTS if each.modality in {"", modality}]
        for consent in self.consents:
            self.fields[f"consent_{consent.kind}"] = _consent_field(consent)
        if not uses_plan:
            del self.fields["member_id"]

    def consent_fields(self) -> Iterator[forms.BoundField]:
        """Yield what is agreed to, one field a consent."""
        return (self[f"consent_{each.kind}"] for each in self.consents)

    def clean_birth_date(self) -> date:
        born: date = self.cleaned_data["birth_date"]
        try:
            age_band(born, self.today)
        except ValueError:
            raise forms.ValidationError(_("Check the year of your birth date.")) from None
        return born

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return phone_number(typed) if typed else ""
        except PhoneNotUnderstood:
            raise forms.ValidationError(_("Enter a phone number such as (617) 555-0134, or leave it out.")) from None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        needs_phone = BY_PHONE & set(said.get("safe_to_reach", ()))
        if needs_phone and "phone" in said and not said["phone"]:
            self.add_error("phone", _("Enter the number at which it is safe to call or text you."))
        missing = [kind for each in self.consents if each.required and not said.get(kind := f"consent_{each.kind}")]
        if missing:
            self.add_error(missing[0], _("Please read and tick what you agree to. We need each of these to book."))
        return said

    def registration(self, *, language: str, time_zone: str) -> Registration:
        """Return what was said, as accounts takes it."""
        said = self.cleaned_data
        return Registration(
            legal_name=said["legal_name"],
            preferred_name=said["preferred_name"],
            birth_date=said["birth_date"],
            email=said["email"],
            phone=said["phone"],
            safe_to_reach=tuple(said["safe_to_reach"]),
            language=language,
            time_zone=time_zone,
            consents=tuple(each.kind for each in self.consents if said[f"consent_{each.kind}"]),
        )


def _consent_field(consent: ConsentText) -> forms.BooleanField:
    label = str(consent.text) if consent.required else _("Optional: %(text)s") % {"text": consent.text}
    widget = forms.CheckboxInput(attrs={"required": True} if consent.required else None)
    return forms.BooleanField(label=label, required=False, widget=widget)  # one sentence says what is missing


def _initial(client: ClientCard | None) -> dict[str, Any]:
    """Return what was typed before, as long as nobody proved whose it is."""
    if client is None or client.is_verified:
        return {}
    fields = ("legal_name", "preferred_name", "birth_date", "email", "phone", "safe_to_reach")
    return {name: getattr(client, name) for name in fields} | {f"consent_{kind}": True for kind in client.consents}


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
