"""Reminding clients of their sessions, and ending that."""

from __future__ import annotations

from nearer.care.operations.reminders.choosing import choose, resume, stop
from nearer.care.operations.reminders.planning import plan

__all__ = ["choose", "plan", "resume", "stop"]
