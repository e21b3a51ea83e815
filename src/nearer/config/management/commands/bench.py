"""`nearer bench`"""

from __future__ import annotations

import importlib.util
import inspect
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from rich.table import Table

from nearer.config.command import OperatorCommand
from nearer.config.failures import Exit, Failure

# The benchmarks stand beside the package, in a checkout; an installed wheel has none.
FOLDER = Path(settings.PACKAGE).parents[1] / "bench"


class Command(OperatorCommand):
    help = "Measure, and say whether the figures are reached: exit code 1 when one is not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="which to run (default: all)")
        parser.add_argument("--list", action="store_true", dest="only_list", help="list what there is to measure")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the figures as JSON")
        parser.add_argument("--full", action="store_true", help="measure at a million therapists too; takes minutes")

    def handle(self, *, names: list[str], only_list: bool, as_json: bool, full: bool, **options: Any) -> None:  # noqa: ARG002
        known = {path.stem: path for path in sorted(FOLDER.glob("[a-z]*.py"))}
        unknown = [name for name in names if name not in known]
        if unknown or not known:
            raise Failure(
                f"There is no benchmark {', '.join(unknown)}: {', '.join(known) or 'none is here'}.", Exit.USAGE
            )
        if only_list:
            self._list(known)
            return
        results = {}
        for name in names or known:
            results[name] = self._measure(name, known[name], full=full)
            if not as_json:
                self._show(name, results[name])
        if as_json:
            sys.stdout.write(json.dumps(results[names[0]] if len(names) == 1 else results, default=str) + "\n")
        missed = [name for name, result in results.items() if not is_met(result)]
        if missed:
            raise CommandError(f"Not reached: {', '.join(missed)}.", returncode=Exit.NOT_WELL)

    def _measure(self, name: str, path: Path, *, full: bool) -> dict[str, Any]:
        with self.console.status(f"Measuring {name}"):
            module = _load(name, path)
            takes_full = "full" in inspect.signature(module.run).parameters
            result: dict[str, Any] = module.run(full=full) if takes_full else module.run()
        return result

    def _list(self, known: dict[str, Path]) -> None:
        for name, path in known.items():
            summary = (_load(name, path).__doc__ or "").strip().splitlines()[0]
            self.results.print(f"{name:<10} {summary}", soft_wrap=True)

    def _show(self, name: str, result: dict[str, Any]) -> None:
        table = Table(title=name)
        for heading in ("what", "measured", "reach", "met"):
            table.add_column(heading)
        for what, figure in result["figures"].items():
            reach, met = (of.get(what, "") if isinstance(of := result[part], dict) else "" for part in ("reach", "met"))
            table.add_row(what, str(figure), str(reach), "" if met == "" else "yes" if met else "no")
        self.results.print(table)
        self.results.print(f"{name}: {'reached' if is_met(result) else 'not reached'}")


def is_met(result: dict[str, Any]) -> bool:
    """Tell whether everything that has a figure to reach has reached it."""
    met = result["met"]
    return all(met.values()) if isinstance(met, dict) else bool(met)


def _load(name: str, path: Path) -> ModuleType:
    sys.path[:0] = [str(path.parents[1])] if str(path.parents[1]) not in sys.path else []
    spec = importlib.util.spec_from_file_location(f"bench.{name}", path)
    if spec is None or spec.loader is None:
        raise Failure(f"{path} can't be read.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
