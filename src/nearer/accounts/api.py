"""Accounts' face: say who you are, prove it, what was agreed to, and who may sign in."""

from __future__ import annotations

from nearer.accounts.doors import StaffRequest, passed_second_factor, signed_in
from nearer.accounts.operations.factors import reset_factors
from nearer.accounts.operations.inviting import invite, withdraw_role
from nearer.accounts.operations.proving import (
    CodeExpired,
    CodeWrong,
    TooManyCodes,
    check_code,
    ensure_code,
    send_code,
    try_code,
)
from nearer.accounts.operations.registering import (
    CannotAmend,
    amend,
    forget,
    give_consents,
    register,
    withdraw_consent,
)
from nearer.accounts.policies import CannotInvite, CannotWithdraw, ConsentMissing
from nearer.accounts.queries.clients import ClientUnknown, client, clients
from nearer.accounts.queries.staff import PersonUnknown, people, person, user_id_of
from nearer.accounts.records import ClientCard, Person, Registration, Staff
from nearer.accounts.rules import AGE_BANDS, PhoneNotUnderstood, age_band, phone_number
from nearer.accounts.vocabulary import CONSENTS, KINDS, REACH, ConsentText

__all__ = [
    "AGE_BANDS",
    "CONSENTS",
    "KINDS",
    "REACH",
    "CannotAmend",
    "CannotInvite",
    "CannotWithdraw",
    "ClientCard",
    "ClientUnknown",
    "CodeExpired",
    "CodeWrong",
    "ConsentMissing",
    "ConsentText",
    "Person",
    "PersonUnknown",
    "PhoneNotUnderstood",
    "Registration",
    "Staff",
    "StaffRequest",
    "TooManyCodes",
    "age_band",
    "amend",
    "check_code",
    "client",
    "clients",
    "ensure_code",
    "forget",
    "give_consents",
    "invite",
    "passed_second_factor",
    "people",
    "person",
    "phone_number",
    "register",
    "reset_factors",
    "send_code",
    "signed_in",
    "try_code",
    "user_id_of",
    "withdraw_consent",
    "withdraw_role",
]
