"""Getting a file from an address that somebody typed, without being led inside the network or held up."""

from __future__ import annotations

from nearer.foundation.fetching.addresses import is_public
from nearer.foundation.fetching.asking import Door, Got, Refusal, Unfetchable, check_address, fetch

__all__ = ["Door", "Got", "Refusal", "Unfetchable", "check_address", "fetch", "is_public"]
