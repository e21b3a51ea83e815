"""The ways in from Wagtail: its signals, and the editor behind the sign-in."""

from __future__ import annotations
