"""From articles and what was done to them to the words and marks of a page."""

from __future__ import annotations
