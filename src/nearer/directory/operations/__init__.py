"""What may be done with the directory."""

from __future__ import annotations

from nearer.directory.operations.eligibility import check_can_see
from nearer.directory.operations.removal import remove
from nearer.directory.operations.runs import finish_run, start_run
from nearer.directory.operations.taking import take_in

__all__ = ["check_can_see", "finish_run", "remove", "start_run", "take_in"]
