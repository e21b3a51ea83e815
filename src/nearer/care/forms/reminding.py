"""How somebody wants to be reminded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.care.queries.reminding import ReminderWishes
from nearer.care.rules.reminding import OPENLY, WHEN, WITH_WHOM
from nearer.design.forms import CardRadios

HOW_MUCH = (
    (WHEN, _("Only when")),
    (WITH_WHOM, _("When, with whom and where")),
    (OPENLY, _("All of that, and that it is therapy")),
)
HINTS = {
    WHEN: _("Best if anybody else could see your messages."),
    WITH_WHOM: _("The name may tell others what it is about."),
    OPENLY: _("Choose this only if nobody else reads your e-mail."),
}


class RemindersForm(forms.Form):
    """Whether reminders come, and how much they say."""

    wanted = forms.BooleanField(label=_("Remind me by e-mail"), required=False)
    plainness = forms.ChoiceField(
        label=_("How much may a reminder say?"),
        choices=HOW_MUCH,
        widget=CardRadios(hints=HINTS),
        error_messages={"required": _("Choose how much a reminder may say.")},
    )

    def __init__(self, data: Any = None, *, wishes: ReminderWishes) -> None:
        super().__init__(data, initial={"wanted": wishes.wanted, "plainness": wishes.plainness})
