"""What visitors see of the library."""

from __future__ import annotations
