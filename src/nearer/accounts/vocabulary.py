"""What a client agrees to, one thing at a time (a changed sentence is a new version), and what staff sign in as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: The ways in which someone may say it is safe to reach them.
REACH: Mapping[str, Promise] = {
    "email": _("E-mail"),
    "text": _("Text message"),
    "phone": _("Phone call"),
    "voicemail": _("Voicemail"),
}

#: What people sign in as.
KINDS: Mapping[str, Promise] = {
    "therapist": _("Therapist"),
    "operator": _("Operator"),
    "editor": _("Editor"),
    "reviewer": _("Reviewer"),
    "author": _("Author"),
}


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One thing to agree to. With a `modality`, only such sessions ask for it."""

    kind: str
    version: str
    text: Promise
    required: bool
    modality: str = ""


CONSENTS = (
    ConsentText(
        "service",
        "2026-11",
        _("I want to use this service to book a time with a therapist."),
        required=True,
    ),
    ConsentText(
        "health_data",
        "2026-11",
        _("You may keep what I give you here, with what I want help with, so that my care can be arranged."),
        required=True,
    ),
    ConsentText(
        "sharing",
        "2026-11-2",
        _(
            "You may share my name, how to reach me and what I asked for with the therapist I book and their practice. "
            "The organization that runs this site can see it to help me. Nobody else."
        ),
        required=True,
    ),
    ConsentText(
        "telehealth",
        "2026-11",
        _("We may meet by video. I know that a call can drop, and that I need a private place in the state I named."),
        required=True,
        modality="telehealth",
    ),
    ConsentText(
        "reminders",
        "2026-11-2",
        _("You may remind me by e-mail before each time. The messages say nothing about therapy."),
        required=False,
    ),
)
