"""What may be done with the directory."""

from __future__ import annotations

from nearer.directory.operations.eligibility import check_can_see
from nearer.directory.operations.own_word import (
    add_place,
    affirm,
    attest,
    declare_contract,
    declare_licence,
    deny,
    describe,
    drop_place,
    offer_service,
    settle,
    state_traits,
    take_back,
    withdraw_service,
)
from nearer.directory.operations.quarantine import RowGone, discard, drop_run, take_again
from nearer.directory.operations.removal import reinstate, remove
from nearer.directory.operations.runs import finish_run, start_run
from nearer.directory.operations.taking import take_in
from nearer.directory.operations.vouching import vouch

__all__ = [
    "RowGone",
    "add_place",
    "affirm",
    "attest",
    "check_can_see",
    "declare_contract",
    "declare_licence",
    "deny",
    "describe",
    "discard",
    "drop_place",
    "drop_run",
    "finish_run",
    "offer_service",
    "reinstate",
    "remove",
    "settle",
    "start_run",
    "state_traits",
    "take_again",
    "take_back",
    "take_in",
    "vouch",
    "withdraw_service",
]
