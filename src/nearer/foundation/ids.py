"""Identifiers that say nothing about who or how many."""

from __future__ import annotations

import secrets


def new_id() -> int:
    """Return a random positive 63-bit integer: a primary key known before the row is written.

    An integer rather than a UUID, because `int8range` lets an exclusion constraint speak of it
    without any PostgreSQL extension.
    """
    return secrets.randbits(63) or 1
