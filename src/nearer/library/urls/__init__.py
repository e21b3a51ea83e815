"""The library's addresses: what is read here, what is edited in `cms`."""

from __future__ import annotations
