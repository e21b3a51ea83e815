"""`nearer import`"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from nearer.config import demo
from nearer.config.command import OperatorCommand
from nearer.config.failures import Exit, Failure
from nearer.directory import api as directory
from nearer.directory.api import records
from nearer.foundation import clock
from nearer.matching import api as matching
from nearer.portal import api as portal

MOST = 10_000_000


class Command(OperatorCommand):
    help = (
        "Read therapists, plans and contracts from a source: nppes FILE, plan-net FILE-OR-FOLDER, qhp FILE-OR-FOLDER, "
        "roster FILE, or synthetic N. The same import twice adds nothing twice. A row that can't be read is put aside "
        "with its reason, and the rest goes in. docs/roster.md says how to keep a roster."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="?", choices=(*directory.FILES, "synthetic"), help="what kind of source")
        parser.add_argument("path", nargs="?", metavar="PATH", help="the file or folder; for synthetic, how many")
        parser.add_argument("--seed", type=int, default=7, help="for synthetic: another seed, another network")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="DATE",
            help="the day on which the source said this (2026-11-23)",
        )
        parser.add_argument(
            "--template",
            action="store_true",
            help="for roster: write an empty one to PATH (.csv, .xlsx) or the terminal",
        )
        parser.add_argument(
            "--quarantine",
            nargs="?",
            const=0,
            type=int,
            metavar="RUN",
            help="list what an import put aside; the last one",
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the report as JSON")

    def handle(self, **options: Any) -> None:
        if options["quarantine"] is not None:
            self._show_quarantine(options["quarantine"], as_json=options["as_json"])
        elif options["template"]:
            self._write_template(options["source"], options["path"])
        else:
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        source, batches, total = _opened(options)
        if source == "synthetic":
            demo.check_only_demonstration()
        try:
            report = self._take_in(source, batches, total)
        except directory.NotThisKindOfFile as refusal:
            raise Failure(f"{refusal} Nothing was taken in.") from refusal
        self._report(report, as_json=options["as_json"])
        if report.interrupted:
            self.say("What is in the table above is kept; the same command again goes on and adds nothing twice.")
            raise KeyboardInterrupt
        self._bring_up_to_date()

    def _take_in(self, source: str, batches: Iterator[records.Batch], total: int | None) -> portal.Report:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        rate = TextColumn("{task.fields[rate]}")
        with Progress(*columns, TextColumn("rows"), rate, TimeElapsedColumn(), console=self.console) as progress:
            task = progress.add_task(f"Reading {source}", total=total, rate="")

            def advance(batch: records.Batch, counts: records.Counts) -> None:
                progress.update(task, advance=counts.read)
                shown = progress.tasks[task]
                if shown.total is not None and not batch.therapists:
                    progress.update(task, total=shown.total + counts.read)
                progress.update(task, rate=f"{shown.completed / (shown.elapsed or 1):,.0f} rows/s")

            return portal.run_import(source, batches, on_batch=advance)

    def _bring_up_to_date(self) -> None:
        with Progress(console=self.console, transient=True) as progress:
            task = progress.add_task("Bringing the search up to date", total=None)
            matching.project_stale(
                now=clock.now(), on_progress=lambda done, total: progress.update(task, completed=done, total=total)
            )

    def _report(self, report: portal.Report, *, as_json: bool) -> None:
        counts = asdict(report.counts)
        if as_json:
            told = {"run": report.run_id, "source": report.source, **counts, "interrupted": report.interrupted}
            sys.stdout.write(json.dumps(told) + "\n")
            return
        table = Table("Source", *(name.capitalize() for name in counts))
        table.add_row(report.source, *(f"{count:,}" for count in counts.values()))
        self.results.print(table)
        if report.counts.quarantined:
            self.say(f"`nearer import --quarantine {report.run_id}` shows what was put aside, and why.")

    def _show_quarantine(self, run_id: int, *, as_json: bool) -> None:
        run_id = run_id or directory.last_run() or 0
        rows = directory.quarantined(run_id)
        if as_json:
            told = ({"line": row.line, "reason": row.reason, "content": row.content} for row in rows)
            sys.stdout.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in told)
            return
        table = Table("Line", "Why it was put aside", "What it says", title=f"Import {run_id}" if run_id else "Nothing")
        for row in rows:
            table.add_row(f"{row.line:,}" if row.line else "", escape(row.reason), escape(row.content))
        self.results.print(table)

    def _write_template(self, source: str | None, path: str | None) -> None:
        if source != "roster":
            raise Failure("There is a template for a roster alone: `nearer import roster --template`.", Exit.USAGE)
        if path is None:
            sys.stdout.write(directory.roster_template())
            return
        for written in directory.write_roster_template(Path(path)):
            self.say(f"Wrote {written}")


def _opened(options: dict[str, Any]) -> tuple[str, Iterator[records.Batch], int | None]:
    """Return the source, what it says, and of how many rows, if that is known."""
    source, path, today = options["source"], options["path"], (clock.now() - portal.WESTERNMOST).date()
    if source is None or path is None:
        raise Failure(
            "Say what to read: `nearer import roster PATH`; `nearer import --help` lists the sources.", Exit.USAGE
        )
    if source == "synthetic":
        count = int(path) if path.isdecimal() else 0
        if not 1 <= count <= MOST:
            raise Failure(f"“{path}” is no number of therapists from 1 to {MOST:,}.", Exit.USAGE)
        return source, directory.read_synthetic(count, seed=options["seed"], today=today), count
    return source, directory.read_source(source, Path(path), today=today, as_of=_as_of(options["as_of"], today)), None


def _as_of(told: date | None, today: date) -> date | None:
    """Return the day of which a file speaks. It may be tomorrow by the westernmost clock, and counts as today then."""
    if told is not None and told > today + timedelta(days=1):
        raise Failure(f"--as-of {told} is a day to come: name the day on which the source said this.", Exit.USAGE)
    return None if told is None else min(told, today)
