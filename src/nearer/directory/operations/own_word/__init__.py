"""What a therapist says themselves: of their work, at once; of licences and contracts, for someone to check."""

from __future__ import annotations

from nearer.directory.operations.own_word.attesting import attest
from nearer.directory.operations.own_word.declaring import (
    affirm,
    declare_contract,
    declare_licence,
    deny,
    take_back,
)
from nearer.directory.operations.own_word.settling import settle
from nearer.directory.operations.own_word.stating import (
    add_place,
    describe,
    drop_place,
    offer_service,
    state_traits,
    withdraw_service,
)

__all__ = [
    "add_place",
    "affirm",
    "attest",
    "declare_contract",
    "declare_licence",
    "deny",
    "describe",
    "drop_place",
    "offer_service",
    "settle",
    "state_traits",
    "take_back",
    "withdraw_service",
]
