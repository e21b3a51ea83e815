"""`nearer doctor`"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError

from nearer.config.command import OperatorCommand
from nearer.config.doctor import Finding, Verdict, examine
from nearer.config.failures import Exit

MARKS = {Verdict.WELL: "[green]✓[/green]", Verdict.WARNING: "[yellow]![/yellow]", Verdict.PROBLEM: "[red]✗[/red]"}


class Command(OperatorCommand):
    help = "Say what is wrong with this installation, and the way out. Exit code 1 when something is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the findings as JSON")
        parser.add_argument("--tests", action="store_true", help="look also at what only the tests need")

    def handle(self, *, as_json: bool, tests: bool, **options: Any) -> None:  # noqa: ARG002 - Django's
        findings = []
        for finding in examine(tests=tests):
            findings.append(finding)
            if not as_json:
                self._show(finding)
        problems = sum(finding.verdict == Verdict.PROBLEM for finding in findings)
        if as_json:
            sys.stdout.write(json.dumps({"well": not problems, "findings": [asdict(each) for each in findings]}) + "\n")
        if problems:
            raise CommandError(f"{problems} of {len(findings)} need attention.", returncode=Exit.NOT_WELL)

    def _show(self, finding: Finding) -> None:
        way_out = f" {finding.way_out}" if finding.way_out else ""
        self.results.print(
            f"{MARKS[finding.verdict]} [bold]{finding.about}[/bold]  {finding.sentence}{way_out}", soft_wrap=True
        )
