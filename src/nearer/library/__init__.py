"""What is known: articles under clinical review. Wagtail stays inside this room."""

from __future__ import annotations
