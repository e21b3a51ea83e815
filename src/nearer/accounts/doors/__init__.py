"""What stands between a request and the views of people who signed in."""

from __future__ import annotations

from nearer.accounts.doors.signed_in import StaffRequest, passed_second_factor, signed_in

__all__ = ["StaffRequest", "passed_second_factor", "signed_in"]
