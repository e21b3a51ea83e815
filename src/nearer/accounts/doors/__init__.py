"""What stands between a request and the views of people who signed in."""

from __future__ import annotations

from nearer.accounts.doors import listening
from nearer.accounts.doors.signed_in import StaffRequest, passed_second_factor, signed_in
from nearer.accounts.doors.turns import in_turn

__all__ = ["StaffRequest", "in_turn", "listening", "passed_second_factor", "signed_in"]
