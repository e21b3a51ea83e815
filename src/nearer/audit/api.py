"""The audit's face: one verb."""

from __future__ import annotations

from nearer.audit.operations import record

__all__ = ["record"]
