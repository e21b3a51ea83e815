"""The library among Django's applications: what happens in Wagtail is heard here and goes on record."""

from __future__ import annotations

from django.apps import AppConfig


class Library(AppConfig):
    """Connects Wagtail's signals to the library's operations."""

    name = "nearer.library"

    def ready(self) -> None:
        from nearer.library.doors import hearing  # models must be loaded first

        hearing.connect()
