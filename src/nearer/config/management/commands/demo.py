"""`nearer demo`"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.db import connections
from rich.progress import Progress

from nearer.config import children, database, demo, static_files, supervise, web
from nearer.config.command import OperatorCommand
from nearer.foundation import clock
from nearer.library import api as library
from nearer.matching import api as matching

HOST = "127.0.0.1"


class Command(OperatorCommand):
    help = (
        "Build a demonstration network, serve it and say where, until Ctrl-C. "
        "Therapists are invented, and no message leaves the machine: read them at /demo/outbox."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default %(default)s)")
        parser.add_argument(
            "--therapists", type=int, default=10_000, metavar="N", help="how many (default %(default)s)"
        )
        parser.add_argument("--fresh", action="store_true", help="throw away what an earlier demonstration left")
        parser.add_argument("--build-only", action="store_true", help="build the network, then stop")

    def handle(self, *, port: int, therapists: int, fresh: bool, build_only: bool, **options: Any) -> None:  # noqa: ARG002
        began = time.monotonic()
        if not build_only:
            web.check_port(HOST, port)
        self._prepare(fresh=fresh)
        self._build(therapists, port)
        self.say(f"Ready after {time.monotonic() - began:.0f} s.")
        connections.close_all()
        if not build_only:
            self._serve(port)

    def _prepare(self, *, fresh: bool) -> None:
        database.check_version()
        database.check_door()
        if fresh:
            demo.begin_afresh()
        call_command("upgrade_database")
        demo.check_only_demonstration()
        with self.console.status("Collecting styles, scripts and pictures"):
            static_files.collect_if_changed()

    def _build(self, therapists: int, port: int) -> None:
        now = clock.now()
        if not demo.is_built(therapists, now=now):
            self.say(f"Building a demonstration network of {therapists:,} therapists")
            call_command("import_directory", "synthetic", str(therapists), "--seed", str(demo.SEED))
            demo.remember(now=now)
        demo.welcome(now=now, site=web.address(HOST, port))
        with self.console.status("Putting articles on the shelf, signed by a demonstration reviewer"):
            library.demonstrate(now=now)
        with Progress(console=self.console, transient=True) as progress:
            task = progress.add_task("Bringing the search up to date", total=None)
            matching.project_stale(
                now=clock.now(), on_progress=lambda done, total: progress.update(task, completed=done, total=total)
            )

    def _serve(self, port: int) -> None:
        with supervise.listening() as wish:
            company = {"web server": web.start(HOST, port, workers=1), "worker": children.spawn_nearer("worker")}
            try:
                web.await_answer(company["web server"], HOST, port)
                self._greet(web.address(HOST, port))
                supervise.keep(company, wish)
            finally:
                supervise.dismiss(company)
        self.say("Stopped. Everything is kept for the next time.")

    def _greet(self, address: str) -> None:
        self.console.print(f"\n  Nearer is at [bold]{address}[/bold]")
        self.console.print(f"  Its outgoing mail is at {address}demo/outbox")
        self.console.print(f"  Sign in at {address}sign-in/ as {demo.OPERATOR}")
        self.console.print(f"  or {demo.THERAPIST}; codes arrive in that mail")
        self.console.print("  Ctrl-C stops everything; the data is kept.\n")
