"""The library's arithmetic: the one form of a text, the chain of the ledger, what may be said when. Plain Python."""

from __future__ import annotations
