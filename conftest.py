"""Where the tests' database comes from."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkdtemp

os.environ.setdefault("NEARER_HOME", mkdtemp(prefix="nearer-test-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nearer.config.settings")
