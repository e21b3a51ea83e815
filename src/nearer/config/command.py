"""What the operator's commands have in common."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand
from rich.console import Console

DJANGO_OPTIONS = frozenset(
    {"--version", "-v", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color", "--skip-checks"}
)


class OperatorCommand(BaseCommand):
    """A command whose help shows its own options and none of the framework's."""

    suppressed_base_arguments = set(DJANGO_OPTIONS)
    requires_system_checks = []

    @property
    def console(self) -> Console:
        """Return the terminal's error side: progress and remarks; results go to the other."""
        return Console(stderr=True, highlight=False)

    @property
    def results(self) -> Console:
        """Return the terminal's output side, for results that people read."""
        return Console(highlight=False)

    def say(self, sentence: str) -> None:
        sys.stderr.write(sentence + "\n")
