"""What is read: articles under their signatures, the ledger, and whether both are as they were written."""

from __future__ import annotations
