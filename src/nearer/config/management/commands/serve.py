"""`nearer serve`"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command

from nearer.config import agreed, database, static_files, supervise, web
from nearer.config.command import OperatorCommand


class Command(OperatorCommand):
    help = "Serve the site until Ctrl-C. Messages are sent by `nearer worker`, which runs beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default %(default)s)")
        parser.add_argument("--workers", type=int, default=1, help="web processes, one for each core at most")

    def handle(self, *, host: str, port: int, workers: int, **options: Any) -> None:  # noqa: ARG002 - Django's
        agreed.check_policy()
        web.check_port(host, port)
        database.check_version()
        database.check_door()
        if database.is_embedded():
            call_command("upgrade_database")
        database.check_up_to_date()
        static_files.collect_if_changed()
        with supervise.listening() as wish:
            company = {"web server": web.start(host, port, workers=workers)}
            try:
                web.await_answer(company["web server"], host, port)
                self.say(f"Nearer is at {web.address(host, port)} (Ctrl-C stops it)")
                supervise.keep(company, wish)
            finally:
                supervise.dismiss(company)
