"""The tests' surroundings: a home, a database, a browser. Both plugins stand in tests/."""

from __future__ import annotations

pytest_plugins = ["tests.surroundings", "tests.browser"]
