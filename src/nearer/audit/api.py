"""The audit's face: write a line, read the trail."""

from __future__ import annotations

from nearer.audit.operations import record
from nearer.audit.queries import KINDS, Act, trail

__all__ = ["KINDS", "Act", "record", "trail"]
