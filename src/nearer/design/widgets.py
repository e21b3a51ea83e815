"""Ways to choose: cards, chips and times. All are plain radios and checkboxes underneath."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise

Hints = Mapping[str, str | Promise]


class _Laid(forms.RadioSelect):
    """Radios or checkboxes in one of our layouts, each choice with a line of its own if it needs one."""

    layout = "choices"

    def __init__(self, *, hints: Hints | None = None, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.hints = dict(hints or {})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["layout"] = self.layout
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if hint := self.hints.get(str(option["value"])):
            option["hint"] = hint
            option["attrs"]["aria-describedby"] = f"{option['attrs'].get('id', option['name'])}_hint"
        return option


class CardRadios(_Laid):
    """One of a few choices that matter. `hints` gives a choice's value its explaining line."""

    layout = "cards"


class CardCheckboxes(_Laid, forms.CheckboxSelectMultiple):
    """Any of a few choices that matter. `hints` gives a choice's value its explaining line."""

    layout = "cards"


class Chips(_Laid, forms.CheckboxSelectMultiple):
    """Any of many short choices."""

    layout = "chips"


class ChipSelect(_Laid):
    """One of a few very short choices, side by side."""

    layout = "chips"


class TimeRadios(_Laid):
    """One of several times, side by side."""

    layout = "times"


class CodeInput(forms.TextInput):
    """A short code of digits sent by e-mail, which the browser may fill in."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        known = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input-code", "spellcheck": "false"}
        super().__init__({**known, **(attrs or {})})
