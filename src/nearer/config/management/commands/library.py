"""`nearer library`"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from rich.progress import Progress

from nearer.config.command import OperatorCommand
from nearer.config.failures import Exit, Failure
from nearer.foundation import clock
from nearer.library import api as library


class Command(OperatorCommand):
    help = (
        "The library of articles. load: put the articles that come with Nearer on the shelf, as drafts. verify: check "
        "the ledger and every signature. expire: take down what nobody reviewed in time (the worker does so nightly). "
        "links: ask every source whether it is still there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("load", "verify", "expire", "links"))
        parser.add_argument(
            "--head",
            metavar="ROW:HASH",
            default="",
            help="for verify: the end of the ledger as an earlier check told it",
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the report as JSON")

    def handle(self, *, what: str, head: str, as_json: bool, **options: Any) -> None:  # noqa: ARG002 - Django's
        {
            "load": lambda: self._load(as_json=as_json),
            "verify": lambda: self._verify(head, as_json=as_json),
            "expire": lambda: self._expire(as_json=as_json),
            "links": lambda: self._links(as_json=as_json),
        }[what]()

    def _load(self, *, as_json: bool) -> None:
        try:
            loaded = library.load()
        except library.NotAnArticle as refusal:
            raise Failure(str(refusal)) from refusal
        if as_json:
            sys.stdout.write(json.dumps(asdict(loaded)) + "\n")
            return
        self.say(
            f"{loaded.articles} drafts and {loaded.sources} sources were put on the shelf; {loaded.kept} articles were "
            "there already. Nothing is public until a clinician has signed it: see docs/operating.md."
        )

    def _verify(self, head: str, *, as_json: bool) -> None:
        with Progress(console=self.console, transient=True) as progress:
            task = progress.add_task("Checking the ledger", total=None)
            verdict = library.verify(head=head, on_progress=lambda done: progress.update(task, completed=done))
        if as_json:
            sys.stdout.write(json.dumps(asdict(verdict)) + "\n")
        else:
            for sentence in verdict.wrong:
                self.results.print(sentence, soft_wrap=True, markup=False)
            self.say(
                f"{verdict.events:,} rows of the ledger, {verdict.signatures:,} signatures and {verdict.pages:,} "
                f"public pages were checked. The ledger ends at {verdict.head or 'nothing'}."
            )
        if verdict.wrong:
            raise Failure(f"{len(verdict.wrong)} of it is not as it was written.", Exit.NOT_WELL)

    def _expire(self, *, as_json: bool) -> None:
        lines = library.expire(now=clock.now())
        if as_json:
            sys.stdout.write(json.dumps(lines) + "\n")
            return
        for line in lines:
            self.results.print(line, markup=False)
        self.say(f"{len(lines)} articles are past their time." if lines else "Nothing is past its time.")

    def _links(self, *, as_json: bool) -> None:
        with Progress(console=self.console, transient=True) as progress:
            task = progress.add_task("Asking every source", total=None)
            answers = library.check_links(
                now=clock.now(), on_progress=lambda done, total: progress.update(task, completed=done, total=total)
            )
        if as_json:
            sys.stdout.write(json.dumps([asdict(answer) for answer in answers]) + "\n")
        else:
            for answer in answers:
                if answer.state != "there":
                    self.results.print(f"{answer.state}: {answer.key} {answer.address}", soft_wrap=True, markup=False)
            self.say(f"{sum(answer.state == 'there' for answer in answers)} of {len(answers)} sources answered.")
        if any(answer.state == "gone" for answer in answers):
            raise Failure("A claim whose sources are all gone can't be signed: give it another source.", Exit.NOT_WELL)
