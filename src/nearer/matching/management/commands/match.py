"""Ask matching from a terminal: the same answer as the web page gives to the same ask with the same seed."""

from __future__ import annotations

import json
import secrets
import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand

from nearer.foundation import clock
from nearer.matching import api
from nearer.matching.management.asking import Unclear, ask_of
from nearer.matching.pages import as_json, as_tables

#: What the command leaves with when nobody fits, so that a script can tell.
NOBODY = 3


class Command(BaseCommand):
    help = "Show who fits a request, why, and when they are free. Exits with 3 if nobody does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--state", required=True, help="where the client will be, such as NY")
        paying = parser.add_mutually_exclusive_group(required=True)
        paying.add_argument("--plan", help="the plan on the card; part of its name will do")
        paying.add_argument("--self-pay", action="store_true", help="the client pays themselves")
        parser.add_argument("--service", default="individual", help="individual, couples or family")
        parser.add_argument("--partner-state", help="where the partner will be, if elsewhere")
        parser.add_argument("--age", action="append", help="child, teen, adult or older; repeat for several people")
        parser.add_argument("--modality", help="telehealth or in-person; else either; two states: telehealth")
        parser.add_argument("--concern", action="append", default=[], help="what help is wanted with; repeatable")
        parser.add_argument("--must", action="append", default=[], metavar="KIND=CODE[,CODE]", help="needed")
        parser.add_argument("--nice", action="append", default=[], metavar="KIND=CODE[,CODE]", help="wished for")
        parser.add_argument("--when", action="append", default=[], help="mornings, afternoons, evenings, weekends")
        parser.add_argument("--without", action="append", default=[], metavar="NPI", help="leave this therapist out")
        parser.add_argument("--zone", help="the client's time zone; that of the state's capital if not given")
        parser.add_argument("--seed", type=int, help="the seed of the answer to replay")
        parser.add_argument("--at", type=datetime.fromisoformat, help="the time of asking, with its UTC offset; now")
        parser.add_argument("--json", action="store_true", help="print JSON instead of tables")

    def handle(self, *_args: Any, **given: Any) -> None:
        options = Namespace(**given)
        now = options.at or clock.now()
        if now.tzinfo is None:
            raise Unclear("The time of asking needs a UTC offset, such as 2026-11-23T15:00:00+00:00.")
        options.seed = secrets.randbits(31) if options.seed is None else options.seed
        ask = ask_of(options, now=now)
        matches = api.answer(ask, now=now)
        if options.json:
            self.stdout.write(json.dumps(as_json(ask, matches), indent=2, ensure_ascii=False))
        else:
            self.stdout.write(as_tables(ask, matches))
        if not matches.matches:
            sys.exit(NOBODY)
