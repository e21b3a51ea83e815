"""Everything that writes: the ledger, reviews and signatures, what becomes public and what no longer is."""

from __future__ import annotations

from nearer.library.operations.expiring import expire

__all__ = ["expire"]
