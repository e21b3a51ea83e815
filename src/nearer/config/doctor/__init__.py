"""What `nearer doctor` looks at: the machine, the database, and what should be running."""

from __future__ import annotations

from nearer.config.doctor.examination import examine
from nearer.config.doctor.findings import Finding, Verdict

__all__ = ["Finding", "Verdict", "examine"]
