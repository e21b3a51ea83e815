"""Everything that matching writes: the projection, and what made-up requests found."""

from __future__ import annotations

from nearer.matching.operations.projecting import project, project_soon, project_stale
from nearer.matching.operations.tallying import tally_day

__all__ = ["project", "project_soon", "project_stale", "tally_day"]
