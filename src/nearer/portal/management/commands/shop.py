"""`nearer shop`"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from nearer.care.api import Trip
from nearer.foundation import clock
from nearer.portal.operations.shopping import MOST, CannotShop, go_shopping

#: What the command leaves with when a time that was shown could not be had, so that a script can tell.
GHOSTS, USAGE = 1, 2


class Command(BaseCommand):
    help = (
        "Ask N random anonymous requests and try a real hold on every time that is shown, each taken back at once. "
        "Exits with 1 if one could not be held."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("requests", nargs="?", type=int, default=1000, metavar="N", help="how many (%(default)s)")
        parser.add_argument("--seed", type=int, help="ask the same again: the seed that an earlier trip said")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print what was found as JSON")

    def handle(self, *_args: Any, requests: int, seed: int | None, as_json: bool, **_options: Any) -> None:
        if not 1 <= requests <= MOST:
            raise CommandError(f"Ask between 1 and {MOST:,} requests.", returncode=USAGE)
        try:
            found = _gone(requests, seed)
        except CannotShop as reason:
            raise CommandError(str(reason), returncode=USAGE) from reason
        if as_json:
            sys.stdout.write(json.dumps(asdict(found) | {"rate": found.rate}, default=str) + "\n")
        else:
            _tell(found)
        if found.ghosts:
            sys.exit(GHOSTS)


def _gone(requests: int, seed: int | None) -> Trip:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[said]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Asking", total=requests, said="")

        def advance(trip: Trip) -> None:
            rate = trip.requests / (trip.seconds or 1)
            said = f"{rate:.0f}/s, {trip.shown:,} times tried, {trip.ghosts:,} not to be had"
            progress.update(task, completed=trip.requests, said=said)

        return go_shopping(requests=requests, seed=seed, at=clock.now, on_request=advance)[1]


def _tell(found: Trip) -> None:
    console = Console(highlight=False)
    table = Table(
        "Requests", "Found someone", "Times shown and tried", "Could not be held", "Ghost rate", "Seed", "Seconds"
    )
    counts = (found.requests, found.answered, found.shown, found.ghosts)
    table.add_row(*(f"{count:,}" for count in counts), f"{found.rate:.4%}", str(found.seed), f"{found.seconds:.1f}")
    console.print(table)
    for ghost in found.named:
        console.print(f"{ghost.npi}  {ghost.service}  {ghost.start.isoformat()}  {ghost.why}")
