"""`nearer migrate`"""

from __future__ import annotations

from typing import Any

from django.core.management import call_command

from nearer.config import database
from nearer.config.command import OperatorCommand


class Command(OperatorCommand):
    help = "Bring the database to this version. Safe to run again."

    def handle(self, **options: Any) -> None:  # noqa: ARG002 - it has none
        database.check_version()
        steps = len(database.pending())
        if not steps:
            self.say("The database is up to date.")
            return
        with self.console.status(f"Bringing the database to this version ({steps} steps)"):
            call_command("migrate", verbosity=0, interactive=False)
        self.say(f"The database is up to date ({steps} steps taken).")
