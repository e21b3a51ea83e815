"""Accounts' face: say who you are, prove it, and what was agreed to."""

from __future__ import annotations

from nearer.accounts.operations.proving import (
    CodeExpired,
    CodeWrong,
    TooManyCodes,
    check_code,
    ensure_code,
    send_code,
    try_code,
)
from nearer.accounts.operations.registering import CannotAmend, amend, forget, register
from nearer.accounts.policies import ConsentMissing
from nearer.accounts.queries import ClientUnknown, client
from nearer.accounts.records import ClientCard, Registration
from nearer.accounts.rules import AGE_BANDS, PhoneNotUnderstood, age_band, phone_number
from nearer.accounts.vocabulary import CONSENTS, REACH, ConsentText

__all__ = [
    "AGE_BANDS",
    "CONSENTS",
    "REACH",
    "CannotAmend",
    "ClientCard",
    "ClientUnknown",
    "CodeExpired",
    "CodeWrong",
    "ConsentMissing",
    "ConsentText",
    "PhoneNotUnderstood",
    "Registration",
    "TooManyCodes",
    "age_band",
    "amend",
    "check_code",
    "client",
    "ensure_code",
    "forget",
    "phone_number",
    "register",
    "send_code",
    "try_code",
]
